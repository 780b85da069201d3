"""Small pictures drawn on the server: places, bands and words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bekwaam.frame.bars import Part, bars, bridge
from bekwaam.frame.range_line import Range, range_line
from bekwaam.frame.rhythm import Look, rhythm

FIRST = date(2026, 1, 1)
UNTIL = FIRST + timedelta(days=100)


def strokes(drawn: str) -> list[tuple[float, float]]:
    """The place of each stroke in per cent, and its height as a share."""
    found = re.findall(r"M([\d.]+) 100V(\d+)", drawn)
    return [(float(x) / 10, 1 - float(top) / 100) for x, top in found]


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


class TestRhythm:
    def test_each_order_day_is_a_stroke_at_its_place(self) -> None:
        drawn = rhythm([on(50), on(10)], first=FIRST, until=UNTIL)
        assert strokes(drawn.strokes) == [(10.0, 1.0), (50.0, 1.0)]

    def test_days_may_be_iso_text_and_days_outside_the_strip_are_left_out(self) -> None:
        drawn = rhythm(["2025-12-31", "2026-01-11", UNTIL.isoformat()], first=FIRST, until=UNTIL)
        assert strokes(drawn.strokes) == [(10.0, 1.0)]

    def test_sizes_set_the_height_and_a_small_order_stays_visible(self) -> None:
        drawn = rhythm(
            [on(10), on(20), on(30)], first=FIRST, until=UNTIL, sizes=[Decimal(50), Decimal(100), Decimal(1)]
        )
        assert [height for _x, height in strokes(drawn.strokes)] == pytest.approx([0.5, 1.0, 0.3])

    def test_silence_is_drawn_only_beyond_the_expected_window(self) -> None:
        late = rhythm([on(40)], first=FIRST, until=UNTIL, expected_days=(20, 30))
        assert late.window is not None
        assert late.silence is not None
        assert (late.window.x, late.window.width) == ("60.00%", "10.00%")
        assert (late.silence.x, late.silence.width) == ("40.00%", "60.00%")
        in_time = rhythm([on(80)], first=FIRST, until=UNTIL, expected_days=(10, 40))
        assert in_time.silence is None

    def test_a_window_that_lies_ahead_stretches_the_strip(self) -> None:
        drawn = rhythm([on(80)], first=FIRST, until=UNTIL, expected_days=(60, 120))
        assert strokes(drawn.strokes) == [(40.0, 1.0)]
        assert drawn.window is not None
        assert share(drawn.window.x) + share(drawn.window.width) == pytest.approx(100)

    def test_without_a_known_rhythm_nothing_is_called_late(self) -> None:
        drawn = rhythm([on(1)], first=FIRST, until=UNTIL)
        assert (drawn.window, drawn.silence, drawn.silence_words) == (None, None, "")

    def test_a_look_back_shows_its_day_and_what_followed(self) -> None:
        drawn = rhythm([on(20)], first=FIRST, until=UNTIL, look=Look(on(50), was_named=True))
        assert (drawn.look, drawn.was_named) == ("50.00%", True)
        assert drawn.silence is not None
        assert drawn.silence.x == "20.00%"

    def test_it_says_in_words_what_it_shows(self) -> None:
        none = rhythm([], first=FIRST, until=UNTIL)
        assert none.words == "No order in this period."
        one = rhythm([on(9)], first=FIRST, until=UNTIL)
        assert one.words.replace("\u00a0", " ") == "1 day with an order, the last on 10 January 2026."
        many = rhythm([on(2), on(9)], first=FIRST, until=UNTIL, expected_days=(5, 10))
        assert many.words.replace("\u00a0", " ") == (
            "2 days with orders, the last on 10 January 2026. "
            "The next was expected between 15 January 2026 and 20 January 2026. 91 days silent."
        )

    @pytest.mark.parametrize("days", [20, 40, 200, 600, 1500, 4000])
    def test_there_are_never_more_months_under_it_than_fit(self, days: int) -> None:
        drawn = rhythm([], first=FIRST, until=FIRST + timedelta(days=days))
        assert len(drawn.ticks) <= 8
        places = [share(tick.x) for tick in drawn.ticks]
        assert places == sorted(places)


class TestRangeLine:
    def test_bands_lie_between_their_ends(self) -> None:
        known = Range(mean=0.5, lo80=0.2, hi80=0.8, lo50=0.4, hi50=0.6)
        drawn = range_line(known, write=lambda value: f"{value:.1f}", axis=(0, 1))
        assert drawn.band80 is not None
        assert drawn.band50 is not None
        assert (drawn.band80.x, drawn.band80.width) == ("20.00%", "60.00%")
        assert (drawn.band50.x, drawn.band50.width) == ("40.00%", "20.00%")
        assert [mark.label for mark in drawn.below] == ["0.2", "0.5", "0.8"]

    def test_without_a_checked_range_there_is_no_band(self) -> None:
        drawn = range_line(Range(mean=Decimal(100)), write=str)
        assert (drawn.band80, drawn.band50, drawn.low, drawn.high) == (None, None, None, None)
        assert [mark.label for mark in drawn.below] == ["100"]

    def test_figures_that_would_touch_move_outwards(self) -> None:
        drawn = range_line(Range(mean=0.31, lo80=0.22, hi80=0.9), write=str, axis=(0, 1))
        assert drawn.low is not None
        assert drawn.high is not None
        assert (drawn.low.anchor, drawn.high.anchor) == ("end", "middle")

    @pytest.mark.parametrize(("reference", "anchor"), [(0.9, "end"), (0.1, "start")])
    def test_what_it_is_held_against_has_its_words_inwards(self, reference: float, anchor: str) -> None:
        drawn = range_line(Range(mean=0.5, reference=reference, reference_label="usual"), write=str, axis=(0, 1))
        assert drawn.reference is not None
        assert (drawn.reference.label, drawn.reference.anchor) == (f"usual {reference}", anchor)

    def test_all_values_lie_on_the_line(self) -> None:
        drawn = range_line(Range(mean=142, lo80=136, hi80=148, reference=160), write=str)
        assert drawn.reference is not None
        assert 0 < share(drawn.below[0].x) < share(drawn.mean.x) < share(drawn.reference.x) < 100


class TestBars:
    def test_parts_lie_on_their_side_of_zero(self) -> None:
        drawn = bars([Part("a", -30), Part("b", 10)], write=str)
        assert drawn.zero == "75.00%"
        assert [(bar.x, bar.width, bar.is_negative) for bar in drawn.rows] == [
            ("0.00%", "75.00%", True),
            ("75.00%", "25.00%", False),
        ]

    def test_no_parts_and_only_zeroes_can_be_drawn(self) -> None:
        assert bars([], write=str).rows == []
        assert bars([Part("a", 0)], write=str).rows[0].width == "0.00%"

    def test_a_bridge_leads_from_start_to_end(self) -> None:
        drawn = bridge(Part("budget", 100), [Part("more", 20), Part("less", -50)], Part("now", 70), write=str)
        first, up, down, last = drawn.rows
        assert share(up.x) == pytest.approx(share(first.width), abs=0.02)
        assert share(up.x) + share(up.width) == pytest.approx(share(down.x) + share(down.width), abs=0.02)
        assert share(down.x) == pytest.approx(share(last.width), abs=0.02)
        assert share(last.width) > 0

    def test_a_bridge_that_does_not_add_up_is_refused(self) -> None:
        with pytest.raises(ValueError, match="lead from its start to its end"):
            bridge(Part("a", Decimal("1.00")), [Part("b", Decimal("0.10"))], Part("c", Decimal("1.11")), write=str)
