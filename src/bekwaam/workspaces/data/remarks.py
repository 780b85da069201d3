"""What was noticed in a file and taken in all the same, in sentences: returns, credits, repeats, countries, totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import ngettext_lazy as _n

from bekwaam.frame.formats import names_in_list, whole_number

COUNTRIES_SHOWN: Final = 8

COUNTED: Final[dict[str, Any]] = {
    "returns": _n("%(count)s line is a return.", "%(count)s lines are returns.", "number"),
    "negative_price": _n(
        "%(count)s line with a negative price counts as a credit.",
        "%(count)s lines with a negative price count as credits.",
        "number",
    ),
    "zero_price": _n(
        "%(count)s line without a price counts as quantity without revenue.",
        "%(count)s lines without a price count as quantity without revenue.",
        "number",
    ),
    "without_customer": _n(
        "%(count)s line without a customer counts in totals only.",
        "%(count)s lines without a customer count in totals only.",
        "number",
    ),
    "without_product": _n(
        "%(count)s line without a product counts in the totals of its customer only.",
        "%(count)s lines without a product count in the totals of their customers only.",
        "number",
    ),
    "exact_repeats": _n(
        "%(count)s line repeats another to the letter; it is kept.",
        "%(count)s lines repeat another to the letter; they are kept.",
        "number",
    ),
    "orders_made_up": _n(
        "%(count)s order has no number in the file: lines of one customer on one day count as one order.",
        "%(count)s orders have no number in the file: lines of one customer on one day count as one order.",
        "number",
    ),
}


def remarks(report: dict[str, Any], *, is_part: bool = False) -> Iterator[str]:
    """The remarks of an import's report, in the active language; `is_part` where only part of the file went in."""
    found = [*_of_lines(report), *_left_out(report), *_of_reading(report.get("details", {}))]
    if found and is_part:
        yield _("About the whole file, with the lines that were in already:")
    yield from found


def _of_lines(report: dict[str, Any]) -> Iterator[str]:
    counts = report.get("counts", {})
    for code, template in COUNTED.items():
        if counts.get(code):
            yield str(template % {"number": counts[code], "count": whole_number(counts[code])})
    countries = report.get("countries_without_code") or []
    if countries:
        yield _("Countries without a code, kept as written: %(names)s.") % {
            "names": names_in_list(countries[:COUNTRIES_SHOWN])
        }
    empty = report.get("countries_left_empty") or []
    if empty:
        yield _("Countries that have no code, so that the field stays as it was: %(names)s.") % {
            "names": names_in_list(empty[:COUNTRIES_SHOWN])
        }


def _left_out(report: dict[str, Any]) -> Iterator[str]:
    for left in report.get("left_out") or []:
        yield _("Row %(row)s was taken for a total and left out: %(text)s") % left


def _of_reading(details: dict[str, str]) -> Iterator[str]:
    if details.get("mixed_rows"):
        count = int(details["mixed_rows"])
        yield ngettext(
            "%(count)s row is in another encoding than the rest (row %(first)s); look whether its letters are right.",
            "%(count)s rows are in another encoding than the rest (the first is row %(first)s); "
            "look whether their letters are right.",
            count,
        ) % {"count": whole_number(count), "first": details["mixed_first_row"]}
    if details.get("row_offsets"):
        yield _("Sheets %(sheets)s were read as one table; their rows are counted on from: %(offsets)s.") % {
            "sheets": details["sheet"],
            "offsets": details["row_offsets"],
        }
    elif details.get("other_sheets"):
        yield _("Only sheet %(sheet)s was read; there are tables on %(others)s as well.") % {
            "sheet": details["sheet"],
            "others": details["other_sheets"],
        }
