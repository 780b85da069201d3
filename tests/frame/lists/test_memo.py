"""What was counted is remembered, as long as it holds and no longer."""

from __future__ import annotations

from bekwaam.frame.lists.memo import Memo


def test_an_answer_is_kept_until_there_are_too_many() -> None:
    memo = Memo(kept=2)
    for question in "abc":
        memo.keep(question, question.upper())
    assert [memo.get(question) for question in "abc"] == [None, "B", "C"]


def test_an_old_answer_is_not_given() -> None:
    memo = Memo(seconds=0)
    memo.keep("a", "A")
    assert memo.get("a") is None
