"""Every list of every room, as a sheet; and how the pages beside it find the list that they are about."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.text import slugify

from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.access.policy import may
from bekwaam.frame.lists import ListDefinition, ListState, list_places, read_state
from bekwaam.frame.lists.export import Export, csv_lines, write_workbook
from bekwaam.frame.lists.facts import facts_of
from bekwaam.terms.actor import Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHOSEN = 1_000


def list_of(code: str, actor: Actor) -> ListDefinition:
    """The list with this code, for this reader; one that he may not see is as absent as one that is not."""
    place = list_places().get(code)
    definition = place.define(actor) if place and may(actor, place.action) else None
    if definition is None:
        raise Http404
    return definition


@needs("me.read")
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The filtered set, or the chosen rows of it, as a workbook or as CSV."""
    definition = list_of(code, request.actor)
    state = read_state(request.GET, definition)
    chosen = tuple(request.GET.getlist("only")[:MOST_CHOSEN])
    currency = Company.current().currency
    out = Export(state, str(definition.title), facts_of(state, currency, len(chosen)), only=chosen)
    if request.GET.get("format") == "csv":
        return _named(StreamingHttpResponse(csv_lines(out), content_type="text/csv; charset=utf-8"), state, "csv")
    file = TemporaryFile()  # noqa: SIM115  the response closes it when the last part is sent
    write_workbook(file, out)
    file.seek(0)
    return _named(FileResponse(file, content_type=XLSX), state, "xlsx")


def _named(response: HttpResponseBase, state: ListState, suffix: str) -> HttpResponseBase:
    name = slugify(f"{state.definition.code}-{state.view.code}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def state_of(definition: ListDefinition, query: str) -> ListState:
    """The state that a form brought along."""
    return read_state(QueryDict(query[:4000]), definition)
