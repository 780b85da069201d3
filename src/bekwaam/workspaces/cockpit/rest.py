"""This week over REST: the same object that the command line gives."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from bekwaam.access.models import Company
from bekwaam.frame.rest.resource import Resource
from bekwaam.records.queries import current_run
from bekwaam.workspaces.cockpit import queries, wording

week = Resource("this week")
RESOURCES = (week,)


@week.one("/week", needs="cockpit.read", name="api_week", response=dict[str, Any])
def this_week(request: HttpRequest) -> Any:
    """The sentences of this week, as far as the actor may read them."""
    run = current_run(request.actor)
    if run is None:
        raise Http404
    currency = Company.current().currency
    return {
        "as_of": run.as_of.isoformat(),
        "facts_version": run.facts_version,
        "currency": currency,
        "sentences": [
            {
                "code": row.code,
                "topic": row.topic,
                "is_chosen": row.is_chosen,
                "text": wording.sentence_of(row, currency, request.actor).plain(),
            }
            for row in queries.sentences(run, request.actor)
        ],
    }
