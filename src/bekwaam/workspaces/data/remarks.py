"""What was noticed in a file and taken in all the same, in sentences: returns, credits, repeats, countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from bekwaam.frame.formats import names_in_list, whole_number

COUNTRIES_SHOWN = 8


def remarks(report: dict[str, Any]) -> Iterator[str]:
    """The remarks of an import's report, in the active language."""
    counts = report.get("counts", {})
    for code, template in _templates().items():
        if counts.get(code):
            yield template % {"count": whole_number(counts[code])}
    countries = report.get("countries_without_code") or []
    if countries:
        yield _("Countries without a code, kept as written: %(names)s.") % {
            "names": names_in_list(countries[:COUNTRIES_SHOWN])
        }


def _templates() -> dict[str, str]:
    return {
        "returns": _("%(count)s lines are returns."),
        "negative_price": _("%(count)s lines with a negative price count as credits."),
        "zero_price": _("%(count)s lines without a price count as quantity without revenue."),
        "without_customer": _("%(count)s lines without a customer count in totals only."),
        "exact_repeats": _("%(count)s lines repeat another to the letter; they are kept."),
    }
