"""What the examples tell: one invented company on one Monday. Names are invented; people appear as roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.frame.formats import day, day_and_month, money, whole_number
from bekwaam.frame.kanban import Card, Column, board

UNTIL: Final = date(2026, 9, 21)
CURRENCY: Final = "EUR"


@dataclass(frozen=True)
class Customer:
    """A customer in the example list."""

    number: int
    name: str
    place: str
    gross_profit: int
    usual_days: int
    silent_days: int
    orders: int
    spoken: date
    order_days: list[date] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether nobody spoke to them this month."""
        return self.spoken.month < UNTIL.month


def _customer(number: int, told: tuple[str, str, int, int, int, int, date]) -> Customer:
    last = UNTIL - timedelta(days=told[4])
    wobble = (0, 3, -4, 6, -2, 5, -5)
    days = [last - timedelta(days=place * told[3] + wobble[(place + number) % 7]) for place in range(told[5])]
    return Customer(number, *told, order_days=sorted({last, *days[1:]}))


CUSTOMERS: Final = [
    _customer(number, told)
    for number, told in enumerate(
        (
            ("Hoogwerve Machinebouw B.V.", "Almelo", 86_400, 42, 123, 10, date(2026, 7, 14)),
            (
                "Veldrik & Zonen Landbouwmachines en Oogsttechniek B.V.",
                "Emmeloord",
                71_200,
                35,
                95,
                12,
                date(2026, 9, 9),
            ),
            ("Kaltenried Maschinenbau GmbH", "Bocholt (D)", 62_500, 28, 89, 15, date(2026, 6, 29)),
            ("Terwoude Verpakkingslijnen", "Oss", 46_000, 49, 146, 8, date(2026, 9, 3)),
        ),
        start=1,
    )
]


def amount(value: int | Decimal) -> str:
    """An amount as the examples show it."""
    return money(value, CURRENCY, "whole")


def facts() -> list[dict[str, Any]]:
    """A strip about one customer."""
    return [
        {"label": _("Gross profit a year"), "value": amount(86_400), "url": "#facts"},
        {"label": _("Revenue a year"), "value": amount(272_000)},
        {"label": _("Last spoken"), "value": day(date(2026, 7, 14)), "late": True, "remark": _("69 days")},
        {"label": _("Next step"), "value": _("Call back"), "late": True, "remark": _("was due on 4 September")},
    ]


def sum_of_facts() -> list[dict[str, Any]]:
    """A strip that is a sum."""
    told = (
        (_("Revenue up to 18 September"), 9_985, "+"),
        (_("Ordered, still to be delivered"), 1_980, "+"),
        (_("Base, by the model"), 1_560, "+"),
        (_("Opportunities × value × moment"), 675, "="),
        (_("Together, × 1,000"), 14_200, ""),
    )
    return [{"label": label, "value": whole_number(value), "sign": sign} for label, value, sign in told]


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    code: str
    day: str
    kind: str
    title: str
    text: str
    who: str
    is_late: bool = False


def timeline(kind: str) -> list[Entry]:
    """What happened, of one kind or of all."""
    return [entry for entry in (*_late(), *_past()) if kind in ("", entry.code)]


def _late() -> tuple[Entry, ...]:
    promised, waiting = day_and_month(date(2026, 9, 4)), day_and_month(date(2026, 8, 29))
    late = _("AM East · 17 days overdue")
    waits = _("Complaint 2026-114 has waited 23 days;")
    return (
        Entry(
            "task", promised, _("task"), _("Call back about the trial"), _("was promised for 4 September."), late, True
        ),
        Entry("complaint", waiting, _("complaint"), waits, _("ten were agreed."), _("Service"), True),
    )


def _past() -> tuple[Entry, ...]:
    visited, ordered = day_and_month(date(2026, 7, 14)), day_and_month(date(2026, 5, 21))
    heard = _("Purchasing wants two suppliers; engineering is content with the delivery time.")
    return (
        Entry("visit", visited, _("visit"), _("Visit report."), heard, _("AM East")),
        Entry("order", ordered, _("order"), _("Order 60512, €38,360."), _("1,200 filter cartridges."), _("Last order")),
    )


def timeline_filters(kind: str) -> list[dict[str, Any]]:
    """The filters above the timeline."""
    told = (("", _("All"), 4), ("task", _("Tasks"), 1), ("complaint", _("Complaints"), 1), ("visit", _("Visits"), 1))
    return [
        {"title": title, "count": count, "url": f"?kind={code}#timeline", "is_current": kind == code}
        for code, title, count in told
    ]


STAGES: Final = ("lead", "talk", "quote", "won")


def opportunities(moved: Mapping[str, str]) -> Any:
    """The board, with each card where it was last put."""
    titles = (_("Lead"), _("Conversation"), _("Quotation"), _("Order"))
    cards = {code: [card for start, card in _cards() if moved.get(card.key, start) == code] for code in STAGES}
    columns = [
        Column(code, title, cards[code], _summary(cards[code])) for code, title in zip(STAGES, titles, strict=True)
    ]
    return board(columns)


WORTH: Final = {"a": 41_300, "b": 28_400, "c": 34_800, "d": 62_500}


def _summary(cards: list[Card]) -> str:
    return f"{whole_number(len(cards))} · {amount(sum(WORTH[card.key] for card in cards))}"


def _cards() -> list[tuple[str, Card]]:
    late = _("task 17 days overdue")
    return [
        ("lead", _card("a", "Moerdrecht Papiermachines", _("Pump station"))),
        ("talk", _card("b", "Hoogwerve Machinebouw B.V.", _("Filter housings FH-80"), late)),
        ("talk", _card("c", "Oostbrink Zuiveltechniek", _("Maintenance, three years"))),
        ("quote", _card("d", "Ostermoor Anlagentechnik GmbH", _("Cartridges, yearly"))),
    ]


def _card(key: str, name: str, what: str, late: str = "") -> Card:
    return Card(key, name, "#kanban", [what, amount(WORTH[key])], late)


def moved_text(card_key: str, stage: str) -> str:
    """What was done with a card."""
    names = {card.key: card.title for _start, card in _cards()}
    titles = dict(zip(STAGES, (_("Lead"), _("Conversation"), _("Quotation"), _("Order")), strict=True))
    return _("%(name)s now stands at %(stage)s.") % {"name": names[card_key], "stage": titles[stage]}
