"""What a list counted, kept in this process: 100,000 rows are not counted again for every page that is turned.

An answer is kept under the stamp of what it was counted from (`definition.Stamps`): a new run or a changed record
gives another stamp, so an old answer is simply never asked for again. It is kept for five minutes at most, should a
change ever fail to leave its mark.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Final

KEPT: Final = 512
SECONDS: Final = 300.0


class Memo:
    """The last answers, by question; safe between threads."""

    def __init__(self, kept: int = KEPT, seconds: float = SECONDS) -> None:
        self._kept, self._seconds = kept, seconds
        self._answers: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable) -> Any:
        """The answer; None when it is not known, or too long ago."""
        with self._lock:
            at, answer = self._answers.get(question, (0.0, None))
            return answer if answer is not None and time.monotonic() - at < self._seconds else None

    def keep(self, question: Hashable, answer: Any) -> None:
        """Remember an answer; the oldest go."""
        with self._lock:
            self._answers[question] = (time.monotonic(), answer)
            self._answers.move_to_end(question)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()


MEMO: Final = Memo()
