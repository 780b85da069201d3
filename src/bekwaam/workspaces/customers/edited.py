"""One field of a record, changed where it stands: saved, refused in words, or beside what someone else made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.frame.days import day
from bekwaam.frame.sentences import sentence
from bekwaam.records import editing
from bekwaam.records.record_fields import RecordField
from bekwaam.records.timeline import roles_in_words
from bekwaam.terms.errors import Refused


@dataclass(frozen=True)
class Edited:
    """What came of it.

    Attributes:
        record: as it is now.
        mine: what was typed, where that was not saved.
        clash: who, when, value: what someone else made of it.
    """

    record: Any
    is_saved: bool = False
    error: str = ""
    mine: str = ""
    mine_in_words: str = ""
    clash: dict[str, str] | None = None


def edit(request: HttpRequest, record: Any, field: RecordField) -> Edited:
    """Save what was typed into a field, as far as nobody changed that field since it was shown."""
    if request.POST.get("decision") == "take":
        return Edited(record)
    typed = request.POST.get("value", "")
    tried = Edited(record, mine=typed, mine_in_words=typed)
    try:
        value = field.read(typed)
        tried = replace(tried, mine_in_words=field.words(value) if value else "")
        changed = editing.change(
            request.actor, record, {field.name: value}, version=_version(request), seen=_seen(request, field)
        )
    except editing.Clash as clash:
        return replace(tried, record=_as_it_is(record, clash), clash=_clash_in_words(field, clash))
    except Refused as refused:
        return replace(tried, error=sentence(refused))
    return Edited(_as_it_is(record, changed), is_saved=True)


def _version(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def _seen(request: HttpRequest, field: RecordField) -> dict[str, Any] | None:
    """What stood in the field when the page was made; None when that cannot be told, and then the version decides."""
    if "was" not in request.POST:
        return None
    try:
        return {field.name: field.read(request.POST["was"])}
    except Refused:
        return None


def _as_it_is(record: Any, fresh: Any) -> Any:
    """The record as it stands, still knowing that its reader may change it."""
    now = fresh.record if isinstance(fresh, editing.Clash) else fresh
    now.may_write = record.may_write
    return now


def _clash_in_words(field: RecordField, clash: editing.Clash) -> dict[str, str]:
    return {
        "who": roles_in_words(clash.roles) or _("A file"),
        "when": _moment(clash.at),
        "value": field.words(clash.theirs) if clash.theirs else _("nothing recorded yet"),
    }


def _moment(at: Any) -> str:
    """The hour of today, else the day."""
    local = timezone.localtime(at or timezone.now())
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else day(local.date())
