"""The words of argparse in the language of the terminal: headings of the help, and what is wrong with a call.

argparse asks the gettext of Python for its words, and that takes the language from the surroundings. So it only needs
to know where our catalogue is; the sentences stand here to be gathered into it. Those of our own help are there too.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

import bekwaam

LOCALES: Final = Path(bekwaam.__file__).parent / "locale"


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue."""
    return text


HEADINGS: Final = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
)
COMPLAINTS: Final = (
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("not allowed with argument %s"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("ignored explicit argument %r"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at most one argument"),
    gettext_noop("expected at least one argument"),
)


def speak() -> None:
    """From here on the words of argparse come from our catalogue, where it has them."""
    gettext.bindtextdomain("django", str(LOCALES))
    gettext.textdomain("django")
