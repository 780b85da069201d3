"""Words for every error, refusal and question: what happened, where, and what to do.

The layers below raise codes with values (`terms.errors`); here each code of `terms.codes.CODES` has its sentence,
in English and through the catalogue in Dutch. A house test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bekwaam.frame.days import written_out
from bekwaam.frame.formats import day, decimal_number, names_in_list, whole_number
from bekwaam.frame.sentences import access, engine, faces, facts, judging, questionnaires, reading, records
from bekwaam.frame.sentences.reasons import reason_in_words
from bekwaam.frame.sentences.steps import step_in_words
from bekwaam.terms.errors import BekwaamError

__all__ = ["SENTENCES", "day_in_words", "sentence", "sentence_of", "step_in_words"]

SENTENCES: Final[dict[str, str | Promise]] = {
    **reading.SENTENCES,
    **judging.SENTENCES,
    **facts.SENTENCES,
    **engine.SENTENCES,
    **access.SENTENCES,
    **faces.SENTENCES,
    **records.SENTENCES,
    **questionnaires.SENTENCES,
}
"""The sentence of each code, with its values as named places. One that counts picks its form by the count."""

BARE: Final = frozenset({"port", "highest", "first", "last", "year"})
"""Whole numbers under these names are labels, not counts: port 8000 is not 8.000."""


WRITTEN_OUT: Final = frozenset({"as_dmy", "as_mdy", "as_kept", "as_swapped", "first", "last"})
"""Days under these names (ISO text) are written with the name of their month, so that nobody reads them in two ways."""


def sentence(error: BekwaamError) -> str:
    """The error in the active language."""
    return sentence_of(error.code, error.values)


def sentence_of(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of a code with its values, in the active language.

    A stored code that this version no longer knows is named, so that a page about the past still opens.

    Raises:
        KeyError: a value is missing.
    """
    template = SENTENCES.get(code)
    if template is None:
        return _("This has no words in this version of Bekwaam: %(code)s.") % {"code": code}
    told: str = template % {name: _shown(name, value) for name, value in values.items()}
    return told


class _Count(int):
    """A count that is shown as the reader writes it and still chooses between one and many."""

    def __str__(self) -> str:
        return whole_number(int(self))


def day_in_words(text: Any) -> Any:
    """A day as ISO text, written with the name of its month; anything else as it is."""
    try:
        return written_out(date.fromisoformat(text))
    except (TypeError, ValueError):
        return text


def _shown(name: str, value: Any) -> Any:
    if name in WRITTEN_OUT and isinstance(value, str):
        return day_in_words(value)
    if name == "reason" and isinstance(value, str):
        return reason_in_words(value)
    if isinstance(value, bool | str) or (name in BARE and isinstance(value, int)):
        return value
    if isinstance(value, int):
        return _Count(value)
    if isinstance(value, Decimal | float):
        return decimal_number(value, 2) if value % 1 else whole_number(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return names_in_list(str(_shown(name, one)) for one in value)
    return value
