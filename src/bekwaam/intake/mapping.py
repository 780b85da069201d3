"""Which column of a file means what: proposed from the headings, corrected by a person, remembered per source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bekwaam.intake.cells import text_of
from bekwaam.intake.column_letters import column_letters
from bekwaam.intake.headings import compact, fits, is_own, take_apart
from bekwaam.intake.judgement import Ask, Choice
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.synonyms import KINDS

Place = str | int
"""A heading, or the position of a column (from 0) where its heading stands above several columns or above none."""

NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "sales": (("order_date",), ("revenue", "unit_price"), ("revenue", "quantity")),
    "customers": (("number",),),
    "products": (("code",),),
    "sellers": (("code",),),
    "opportunities": (("number",), ("customer_number", "customer_name"), ("stage", "outcome")),
}
"""Per kind: of each group at least one field must have a column; the first of the group is the one asked for."""

_STAND_INS: Final[dict[str, dict[str, str]]] = {
    "sales": {
        "customer_number": "customer_name",
        "product_code": "product_description",
        "seller_code": "seller_name",
    },
    "customers": {"number": "name"},
    "products": {"code": "description"},
    "sellers": {"code": "name"},
    "opportunities": {"number": "title"},
}
"""Where a file knows its customers by name only, the name is the key."""


@dataclass(frozen=True)
class Mapping:
    """Which column means what, and what a person said about the doubtful ones.

    Attributes:
        kind: "sales", "customers", "products", "sellers" or "opportunities".
        fields: field → heading or position; None where a person said that the file has no such column.
        date_order: field → "dmy" or "mdy": a person's answer, used where the column itself proves nothing; or "swapped"
            or "kept": whether a spreadsheet exchanged day and month of its real dates.
        decimal: "comma" or "point": likewise.
        cost_basis: "line" or "unit": whether a column called just "cost price" is per line or per piece; likewise.
        currency: ISO 4217 code that a heading names ("Omzet (USD)"), for a file without a currency column.
        sheet: the sheet of a workbook to read, EVERY_SHEET for all that have the same headings; None for the one that
            looks most like data.
        questions: what only a person can say about the columns.
    """

    kind: str
    fields: AnyMapping[str, Place | None] = field(default_factory=dict)
    date_order: AnyMapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    cost_basis: str | None = None
    currency: str | None = None
    sheet: str | None = None
    questions: tuple[Ask, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "kind": self.kind,
            "fields": dict(self.fields),
            "date_order": dict(self.date_order),
            "decimal": self.decimal,
            "cost_basis": self.cost_basis,
            "currency": self.currency,
            "sheet": self.sheet,
            "questions": [ask.to_json() for ask in self.questions],
        }

    @classmethod
    def from_json(cls, told: AnyMapping[str, Any]) -> Mapping:
        """The mapping that `to_json` wrote; what is left out takes its default."""
        return cls(
            kind=told.get("kind", ""),
            fields=dict(told.get("fields") or {}),
            date_order=dict(told.get("date_order") or {}),
            decimal=told.get("decimal"),
            cost_basis=told.get("cost_basis"),
            currency=told.get("currency"),
            sheet=told.get("sheet"),
            questions=tuple(Ask.from_json(ask) for ask in told.get("questions", ())),
        )

    def corrected(self, told: AnyMapping[str, Any]) -> Mapping:
        """This mapping with a person's corrections, in the form of `to_json`; a field set to None is let go.

        A question about a field that the correction names is answered by it.
        """
        named = told.get("fields") or {}
        return replace(
            self,
            fields={**self.fields, **named},
            date_order={**self.date_order, **(told.get("date_order") or {})},
            decimal=told.get("decimal") or self.decimal,
            cost_basis=told.get("cost_basis") or self.cost_basis,
            currency=told.get("currency") or self.currency,
            sheet=told.get("sheet") or self.sheet,
            questions=tuple(ask for ask in self.questions if ask.field not in named),
        )

    def answered(self, ask: Ask, value: Place) -> Mapping:
        """This mapping with the answer to one question."""
        if ask.code in ("date_order", "date_swapped"):
            return self.corrected({"date_order": {ask.field: value}})
        if ask.code == "decimal_sign":
            return self.corrected({"decimal": value})
        if ask.code == "cost_basis":
            return self.corrected({"cost_basis": value})
        if ask.code == "which_sheet":
            return self.corrected({"sheet": value})
        return self.corrected({"fields": {ask.field: value}})

    def column(self, table: RawTable, name: str) -> RawColumn | None:
        """The column of a field, or None where the file has none."""
        place = self.fields.get(name)
        position = None if place is None else _find(table, place)
        return None if position is None else table.columns[position]

    def lacking(self, table: RawTable) -> list[str]:
        """The headings and positions that this mapping names and the table does not have."""
        named = [place for place in self.fields.values() if place is not None]
        return [str(place) for place in named if _find(table, place) is None]

    @staticmethod
    def signature(table: RawTable) -> str:
        """A stable key of the source: its headings in order, however they are spelled.

        The format is no part of it, so that rows that were refused, mended and offered again in another format are
        known as the same source; neither are the columns that Bekwaam added to them.
        """
        headings = [compact(column.heading) for column in table.columns if not is_own(column.heading)]
        return hashlib.sha256(json.dumps(headings).encode()).hexdigest()


def propose_mapping(table: RawTable, kind: str, remembered: Mapping | None = None) -> Mapping:
    """The mapping that the headings suggest, with what is remembered or corrected (it may be part of a mapping) first.

    Each column serves one field and each field has one column; the most certain pairs go first. Two columns that
    fit a field equally well are asked about, unless they hold the same.

    >>> propose_mapping(table, "sales").fields
    {'order_number': 'Factuurnr', 'order_date': 'Factuurdatum', 'revenue': 'Nettowaarde'}
    """
    told = remembered if remembered is not None and remembered.kind in {kind, ""} else Mapping(kind)
    said = {name: place for name, place in told.fields.items() if place is None or _find(table, place) is not None}
    fields, asks = _assigned(table, kind, said)
    asked = frozenset(ask.field for ask in asks)
    mapping = replace(told, kind=kind, fields=_with_stand_ins(kind, fields, asked), questions=())
    questions = (*asks, *missing_columns(table, mapping, asked))
    return replace(mapping, currency=told.currency or _named_currency(table, mapping), questions=questions)


def missing_columns(table: RawTable, mapping: Mapping, asked: frozenset[str] = frozenset()) -> tuple[Ask, ...]:
    """A question for each needed field that has no column and is not asked about already."""
    missing: dict[str, Ask] = {}
    for group in NEEDED[mapping.kind]:
        if not any(name in asked or mapping.column(table, name) is not None for name in group):
            choices = _choices(table, range(len(table.columns)))
            missing[group[0]] = Ask("which_column", {"field": group[0]}, choices)
    return tuple(missing.values())


def _find(table: RawTable, place: Place) -> int | None:
    """The position of the column that a place points at, or None where the table has no such column."""
    if isinstance(place, int):
        return place if 0 <= place < len(table.columns) else None
    headings = [column.heading for column in table.columns]
    if place in headings:
        return headings.index(place)
    alike = [position for position, heading in enumerate(headings) if compact(heading) == compact(place)]
    return alike[0] if alike else None


def _assigned(
    table: RawTable, kind: str, said: AnyMapping[str, Place | None]
) -> tuple[dict[str, Place | None], tuple[Ask, ...]]:
    fields = dict(said)
    asks: dict[str, Ask] = {}
    taken = {_find(table, place) for place in said.values() if place is not None}
    for name, places in _by_certainty(table, kind):
        free = [place for place in places if place not in taken]
        if name in fields or name in asks or not free:
            continue
        different = _different(table, free)
        if len(different) > 1:
            asks[name] = _alike(table, name, different)
        else:
            fields[name] = _place(table, different[0])
        taken.update(free)
    return fields, tuple(asks.values())


def _alike(table: RawTable, name: str, places: list[int]) -> Ask:
    choices = _choices(table, places)
    headings = ", ".join(f"“{choice.label}”" for choice in choices)
    return Ask("columns_alike", {"field": name, "headings": headings}, choices)


def _by_certainty(table: RawTable, kind: str) -> list[tuple[str, list[int]]]:
    """Fields with the columns that fit them equally well: most certain first, then in the order of the fields."""
    found: dict[tuple[int, int, str], list[int]] = {}
    order = {name: place for place, name in enumerate(KINDS[kind])}
    for place, column in enumerate(table.columns):
        for fit in fits(column.heading, kind):
            found.setdefault((fit.rank, order[fit.field], fit.field), []).append(place)
    return [(key[2], found[key]) for key in sorted(found)]


def _different(table: RawTable, places: list[int]) -> list[int]:
    """The columns that say something of their own: not empty (unless all are), and not the same as an earlier one."""
    if len(places) == 1:
        return places
    texts = {place: text_of(table.columns[place]) for place in places}
    filled = [place for place in places if texts[place].null_count() < len(texts[place])] or places[:1]
    kept: list[int] = []
    for place in filled:
        if not any(texts[place].equals(texts[other]) for other in kept):
            kept.append(place)
    return kept


def _place(table: RawTable, position: int) -> Place:
    heading = table.columns[position].heading
    alone = sum(compact(column.heading) == compact(heading) for column in table.columns) == 1
    return heading if alone and heading.strip() else position


def _choices(table: RawTable, positions: Iterable[int]) -> tuple[Choice, ...]:
    return tuple(_choice(table, position) for position in positions if not is_own(table.columns[position].heading))


def _choice(table: RawTable, position: int) -> Choice:
    place = _place(table, position)
    heading = table.columns[position].heading.strip()
    return Choice(place, heading if isinstance(place, str) else f"{heading} ({column_letters(position + 1)})".strip())


def _with_stand_ins(kind: str, fields: dict[str, Place | None], asked: frozenset[str]) -> dict[str, Place | None]:
    stands_in = {
        key: fields[name]
        for key, name in _STAND_INS[kind].items()
        if key not in fields and key not in asked and fields.get(name) is not None
    }
    return {**fields, **stands_in}


def _named_currency(table: RawTable, mapping: Mapping) -> str | None:
    columns = [mapping.column(table, name) for name in ("revenue", "unit_price")]
    named = [take_apart(column.heading).currency for column in columns if column is not None]
    return next((code for code in named if code), None)
