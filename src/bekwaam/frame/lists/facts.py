"""What an export says about itself: from which data, with which filter, in which order."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.frame.formats import day_and_time, whole_number
from bekwaam.frame.lists.state import ListState
from bekwaam.frame.lists.words import filter_words
from bekwaam.frame.stand import stand_in_words


def facts_of(state: ListState, currency: str, chosen: int = 0) -> list[tuple[str, str]]:
    """Title and words of each fact."""
    definition, facts = state.definition, []
    facts.append((_("List"), f"{definition.title} · {state.view.title}"))
    if definition.stand is not None:
        version = whole_number(definition.stand.facts_version)
        told = _("%(stand)s, data version %(version)s")
        facts.append((_("Data"), told % {"stand": stand_in_words(definition.stand), "version": version}))
    filters = "; ".join(f"{one.column.title} {filter_words(one, currency)}" for one in state.all_filters)
    facts.append((_("Filter"), filters or _("none: every row")))
    if chosen:
        facts.append((_("Chosen"), definition.counted(chosen)))
    facts.append((_("Currency"), currency))
    facts.append((_("Made at"), day_and_time(timezone.localtime())))
    facts.append((_("Address"), state.url))
    return facts
