"""The rhythm strip: a stroke per order day, the expected window as a band, and the silence after it.

Places along the strip are percentages and heights are shares of the strip, so one drawing serves a table cell and a
whole page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.formats import day, day_and_month, month_short, whole_number
from bekwaam.terms.month import Month

WIDTH: Final = 1000
HEIGHT: Final = 100
LOWEST_STROKE: Final = 0.3
TICKS: Final = 7


@dataclass(frozen=True)
class Span:
    """A stretch of the strip, in per cent of its width."""

    x: str
    width: str


@dataclass(frozen=True)
class Tick:
    """A month under the strip."""

    x: str
    label: str


@dataclass(frozen=True)
class Look:
    """The day of a look back, and whether the customer was named on it."""

    on: date
    was_named: bool


@dataclass(frozen=True)
class Scale:
    """From days to places on the strip."""

    first: date
    end: date

    @cached_property
    def whole(self) -> int:
        """How many days the strip holds."""
        return max(self.end.toordinal() - self.first.toordinal(), 1)

    def share(self, on: date) -> float:
        """Where a day lies, 0 to 1."""
        share = (on.toordinal() - self.first.toordinal()) / self.whole
        return 0.0 if share < 0 else min(share, 1.0)

    def place(self, on: date) -> str:
        """The same in per cent."""
        return f"{self.share(on):.2%}"

    def span(self, start: date, end: date) -> Span:
        """The stretch between two days."""
        return Span(self.place(start), f"{self.share(end) - self.share(start):.2%}")


@dataclass(frozen=True)
class Rhythm:
    """A drawn strip; `words` says the same to who cannot see it."""

    strokes: str
    window: Span | None
    silence: Span | None
    look: str
    was_named: bool
    scale: Scale
    window_words: str = ""
    silence_words: str = ""
    words: str = ""

    @cached_property
    def ticks(self) -> list[Tick]:
        """The months under it; a strip in a table shows none, so they are not worked out for every row."""
        return _ticks(self.scale)


def rhythm(
    order_days: Iterable[date | str],
    *,
    first: date,
    until: date,
    expected_days: tuple[float, float] | None = None,
    sizes: Sequence[Decimal] | None = None,
    look: Look | None = None,
) -> Rhythm:
    """The strip from `first` up to `until`, which is today.

    `expected_days` is after how many days the next order usually comes, at the earliest and at the latest; only
    beyond the latest is the silence drawn. `sizes` (one per order day) sets the height of the strokes. With a
    `look` the silence is always drawn, because there it is known what followed.
    """
    days = [date.fromisoformat(one) if isinstance(one, str) else one for one in order_days]
    heights = _heights(sizes, len(days))
    shown = sorted((one, height) for one, height in zip(days, heights, strict=True) if first <= one < until)
    last = shown[-1][0] if shown else None
    window = _window(last, expected_days)
    scale = Scale(first, max(until, window[1]) if window else until)
    is_late = last is not None and (look is not None or (window is not None and until > window[1]))
    silence = scale.span(last, until) if last is not None and is_late else None
    return Rhythm(
        strokes="".join(_stroke(scale, one, height) for one, height in shown),
        window=scale.span(*window) if window and not look else None,
        silence=silence,
        look=scale.place(look.on) if look else "",
        was_named=bool(look and look.was_named),
        scale=scale,
        window_words=_expected(window) if window else "",
        silence_words=_silent(last, until) if last and silence else "",
        words=_words([one for one, _height in shown], until, window),
    )


def _heights(sizes: Sequence[Decimal] | None, count: int) -> list[float]:
    if sizes is None:
        return [1.0] * count
    largest = max([*sizes, Decimal(0)])
    return [max(float(size / largest), LOWEST_STROKE) if largest else 1.0 for size in sizes]


def _window(last: date | None, expected_days: tuple[float, float] | None) -> tuple[date, date] | None:
    if last is None or expected_days is None:
        return None
    low, high = expected_days
    return last + timedelta(days=round(low)), last + timedelta(days=max(round(high), round(low) + 1))


def _stroke(scale: Scale, on: date, height: float) -> str:
    return f"M{scale.share(on) * WIDTH:.1f} {HEIGHT}V{HEIGHT * (1 - height):.0f}"


def _ticks(scale: Scale) -> list[Tick]:
    months = list(Month.of(scale.first).plus(1).until(Month.of(scale.end).plus(1)))
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(months) <= step * TICKS)
    chosen = [month for month in months if (month.month - 1) % min(step, 12) == 0]
    if step > 12:
        chosen = [month for month in chosen if month.year % (step // 12) == 0]
    return [Tick(scale.place(month.first), _tick_label(month, is_first=month == chosen[0])) for month in chosen]


def _tick_label(month: Month, *, is_first: bool) -> str:
    name = month_short(month.first)
    return f"{name} {month.year}" if is_first or month.month == 1 else name


def _expected(window: tuple[date, date]) -> str:
    return _("expected %(first)s – %(last)s") % {"first": day_and_month(window[0]), "last": day_and_month(window[1])}


def _silent(last: date, until: date) -> str:
    count = (until - last).days
    return ngettext("%(count)s day silent", "%(count)s days silent", count) % {"count": whole_number(count)}


def _words(days: list[date], until: date, window: tuple[date, date] | None) -> str:
    if not days:
        return _("No order in this period.")
    told = ngettext(
        "%(count)s day with an order, the last on %(last)s.",
        "%(count)s days with orders, the last on %(last)s.",
        len(days),
    ) % {"count": whole_number(len(days)), "last": day(days[-1])}
    if window is None:
        return told
    next_one = _("The next was expected between %(first)s and %(last)s.") % {
        "first": day(window[0]),
        "last": day(window[1]),
    }
    return f"{told} {next_one} {_capitalised(_silent(days[-1], until))}."


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
