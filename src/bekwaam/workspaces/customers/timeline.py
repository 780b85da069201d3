"""The sources of the timelines of this room, in the order of their filters. A new kind of entry is one line here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bekwaam.frame.formats import money, whole_number
from bekwaam.records.timeline import Asked, Entry, Source, changes_of
from bekwaam.workspaces.customers.opportunities.timeline import OF_CUSTOMER, OF_PRODUCT


def orders(asked: Asked) -> Iterator[Entry]:
    """Orders and returns."""
    return (_order(one, asked) for one in asked.given["orders"])


def _order(one: dict[str, object], asked: Asked) -> Entry:
    is_return = one["revenue"] < 0  # type: ignore[operator]
    amount = money(one["revenue"], asked.given["currency"], style="whole")  # type: ignore[arg-type]
    lines = int(one["lines"])  # type: ignore[call-overload]
    return Entry(
        at=one["order_date"],  # type: ignore[arg-type]
        kind=_("return") if is_return else _("order"),
        title=_("Order %(number)s, %(amount)s") % {"number": one["order_number"] or "–", "amount": amount},
        who=ngettext("%(words)s line", "%(words)s lines", lines) % {"words": whole_number(lines)},
        is_late=is_return,
    )


CUSTOMER: Final = (
    Source("orders", gettext_lazy("Orders"), orders),
    *OF_CUSTOMER,
    Source("changes", gettext_lazy("Changes"), changes_of),
)
PRODUCT: Final = (*OF_PRODUCT, Source("changes", gettext_lazy("Changes"), changes_of))
