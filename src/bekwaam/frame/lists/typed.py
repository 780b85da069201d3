"""Figures and days as a reader types them, as an address has them."""

from __future__ import annotations

import re
from datetime import datetime

from bekwaam.frame.languages import language


def typed_figure(text: str) -> str:
    """ "15.000" typed in Dutch is 15000 in an address; empty for what is no figure.

    A point with exactly three digits behind it groups thousands where the language writes them so.
    """
    spoken = language()
    bare = re.sub(r"[\s€%]", "", text).replace("\u2212", "-")
    if spoken.decimal_sign == ",":
        bare = bare.replace(".", "") if _groups(bare, ".") else bare
        bare = bare.replace(",", ".")
    else:
        bare = bare.replace(",", "")
    return bare if re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", bare) else ""


def _groups(text: str, sign: str) -> bool:
    return bool(re.fullmatch(rf"-?\d{{1,3}}(?:\{sign}\d{{3}})+(?:,\d*)?", text))


def typed_day(text: str) -> str:
    """A day from a date field, or typed as 28-02-2026; empty for what is no day."""
    for written in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return str(datetime.strptime(text.strip(), written).date())
        except ValueError:
            continue
    return ""
