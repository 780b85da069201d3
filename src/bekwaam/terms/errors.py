"""Everything that can go wrong in words: errors carry a code and values, never a sentence.

    BekwaamError
    ├── Refused      the material is not good enough; nothing changed (exit code 1)
    ├── Question     a person must choose first; nothing changed (exit code 1)
    ├── WrongCall    the call itself is wrong (exit code 2)
    └── Failed       something outside us broke; nothing changed (exit code 3)

The layers below the frame raise these; `frame.sentences` holds the English and Dutch words of every code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.terms.codes import CODES


class BekwaamError(Exception):
    """An error with a code of `terms.codes.CODES` and exactly the values that its sentence needs.

    >>> str(Refused("file_empty", file="orders.csv"))
    'file_empty: file=orders.csv'
    """

    exit_code = 3

    def __init__(self, code: str, **values: Any) -> None:
        expected = set(CODES[code])
        if set(values) != expected:
            raise TypeError(f"{code} needs the values {sorted(expected)}, not {sorted(values)}")
        self.code = code
        self.values: Mapping[str, Any] = values
        super().__init__(code, values)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code}: {shown}" if shown else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, dict(self.values))


class Refused(BekwaamError):  # noqa: N818
    """The material is not good enough; nothing changed."""

    exit_code = 1


class Question(BekwaamError):  # noqa: N818
    """A person must choose first; nothing changed."""

    exit_code = 1


class WrongCall(BekwaamError):  # noqa: N818
    """The call itself is wrong: an unknown option, a file that is not there."""

    exit_code = 2


class Failed(BekwaamError):  # noqa: N818  the tree reads as verdicts: refused, a question, a wrong call, failed
    """Something outside us broke: the disk, the memory, a lock; nothing changed."""

    exit_code = 3


def _rebuild(kind: type[BekwaamError], code: str, values: dict[str, Any]) -> BekwaamError:
    return kind(code, **values)
