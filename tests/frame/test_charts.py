"""Chart specifications: what is drawn, by what it is divided, and the table and the words that say the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from bekwaam.frame.bars import Part
from bekwaam.frame.charts import (
    Axis,
    Dot,
    bar_chart,
    fan_chart,
    line_chart,
    matrix_chart,
    small_multiples,
    waterfall_chart,
    whale_chart,
)

MONTHS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


def fan(**changed: Any) -> dict[str, Any]:
    series: dict[str, Any] = {
        "months": MONTHS,
        "actual": [Decimal("100.10"), Decimal("90"), None, None],
        "mean": [None, None, Decimal("95"), Decimal("105")],
        "lo80": [None, None, Decimal("80"), Decimal("70")],
        "hi80": [None, None, Decimal("110"), Decimal("140")],
    }
    return fan_chart(**(series | changed))


def test_the_expected_line_and_its_band_begin_at_the_last_known_value() -> None:
    picture = fan()["picture"]
    assert picture["actual"] == [100.1, 90.0, None, None]
    assert picture["mean"] == [None, 90.0, 95.0, 105.0]
    assert picture["band80"] == [None, [90.0, 90.0], [80.0, 110.0], [70.0, 140.0]]
    assert picture["band50"] == []
    assert picture["known"] == 1


def test_a_fan_may_be_all_known_or_all_expected() -> None:
    known = fan(actual=[1, 2, 3, 4], mean=[None] * 4, lo80=[None] * 4, hi80=[None] * 4)["picture"]
    assert (known["mean"], known["band80"]) == ([None] * 4, [])
    expected = fan(actual=[None] * 4, mean=[1, 2, 3, 4], lo80=[None] * 4, hi80=[None] * 4)["picture"]
    assert expected["mean"] == [1.0, 2.0, 3.0, 4.0]


def test_a_band_that_stops_half_way_stays_open_there() -> None:
    picture = fan(lo80=[None, None, Decimal(80), None], hi80=[None, None, Decimal(110), None])["picture"]
    assert picture["band80"][2:] == [[80.0, 110.0], None]


def test_every_figure_of_the_picture_stands_in_the_table() -> None:
    table = fan(unit="EUR")["table"]
    assert table["unit"] == "€"
    assert table["columns"] == ["Month", "Actual", "Expected", "80% chance: from", "to"]
    assert table["rows"][0] == ["January\u00a02026", "100", "–", "–", "–"]
    assert table["rows"][3] == ["April\u00a02026", "–", "105", "70", "140"]


@pytest.mark.parametrize(
    ("largest", "divisor", "english", "dutch"),
    [
        (19_999, 1, "€", "€"),
        (20_000, 1_000, "×_€1,000", "×_€_1.000"),
        (20_000_000, 1_000_000, "€_million", "€_miljoen"),
    ],
)
def test_large_figures_are_divided_and_it_is_said_by_what(largest: int, divisor: int, english: str, dutch: str) -> None:
    chart = bar_chart(["a", "b"], [-largest, 3], name="x", unit="EUR")
    assert chart["picture"]["divisor"] == divisor
    assert chart["unit"].replace("\u00a0", "_") == english
    with translation.override("nl"):
        assert bar_chart(["a"], [largest], name="x", unit="EUR")["unit"].replace("\u00a0", "_") == dutch


def test_a_unit_may_be_a_word_or_nothing() -> None:
    assert line_chart(["jan"], {"A": [3]}, unit="orders")["unit"] == "orders"
    assert line_chart(["jan"], {"A": [30_000]})["unit"] == "×\u00a01,000"


def test_a_line_keeps_its_gaps() -> None:
    chart = line_chart(["jan", "feb"], {"A": [1, None], "B": [Decimal("2.5"), 3]})
    assert chart["picture"]["lines"][0] == {"name": "A", "values": [1.0, None]}
    assert chart["table"]["rows"] == [["jan", "1", "3"], ["feb", "–", "3"]]


def test_of_more_than_six_lines_the_rest_is_drawn_as_one_and_the_table_keeps_all() -> None:
    chart = line_chart(["jan", "feb"], {str(size): [size, None] for size in range(1, 9)})
    assert [line["name"] for line in chart["picture"]["lines"]] == ["3", "4", "5", "6", "7", "8"]
    assert chart["picture"]["rest"] == {"name": "other", "values": [3.0, None]}
    assert chart["table"]["columns"] == ["", "1", "2", "3", "4", "5", "6", "7", "8"]


def test_six_lines_need_no_rest() -> None:
    assert not line_chart(["jan"], {str(name): [1] for name in range(6)})["picture"]["rest"]


def test_a_fan_held_against_a_budget_shows_it_in_picture_and_table() -> None:
    chart = fan(budget=[95, 95, 95, 95], previous=Decimal("101"))
    assert (chart["picture"]["budget"], chart["picture"]["previous"]) == ([95.0] * 4, 101.0)
    assert chart["table"]["rows"][3][-1] == "95"
    assert fan()["picture"]["budget"] == []


def test_a_fan_says_its_last_month_aloud() -> None:
    assert fan(unit="EUR")["words"] == "April\u00a02026: 105 expected; 80% chance: between 70 and 140. €"
    assert fan(mean=[None] * 4)["words"] == ""


def test_a_whale_rises_to_its_peak_and_falls_by_what_the_last_ones_cost() -> None:
    chart = whale_chart([30, -20, 50, 40, -10], of_what="customers")
    assert chart["picture"]["points"] == [[0, 0.0], [1, 50.0], [2, 90.0], [3, 120.0], [4, 110.0], [5, 90.0]]
    assert chart["picture"]["peak"] == [3, 120.0]
    assert chart["picture"]["peak_words"] == "133%\n3 customers"
    assert chart["words"] == "The best 3 customers bring 120; after the other 2 90 is left (€)."


def test_a_whale_of_which_none_costs_money_has_its_peak_at_the_end() -> None:
    chart = whale_chart([1, 2], of_what="customers")
    assert chart["picture"]["peak"] == [2, 3.0]
    assert chart["words"] == "Together 2 customers bring 3 (€); none of them costs money."


def test_a_whale_that_loses_money_has_no_shares() -> None:
    chart = whale_chart([5, -50], of_what="customers")
    assert chart["picture"]["peak_words"] == "1 customers"
    assert [row[-1] for row in chart["table"]["rows"]] == ["–", "–"]


def test_a_large_whale_is_thinned_but_keeps_peak_and_end_and_has_ten_rows() -> None:
    values = [Decimal(1000 - place) for place in range(1500)]
    chart = whale_chart(values)
    points = chart["picture"]["points"]
    assert len(points) < 230
    assert chart["picture"]["peak"] in points
    assert points[-1] == [1500, float(sum(values))]
    assert len(chart["table"]["rows"]) == 10
    assert chart["table"]["rows"][0][0] == "1 – 150"


def test_the_groups_of_a_whale_add_up_to_its_end() -> None:
    rows = whale_chart([7, -3, 12, 5])["table"]["rows"]
    assert sum(int(row[1].replace("\u2212", "-")) for row in rows) == 21
    assert rows[-1][2:] == ["21", "100%"]


def test_nothing_makes_an_empty_whale() -> None:
    chart = whale_chart([])
    assert (chart["picture"]["points"], chart["picture"]["peak"], chart["words"]) == ([[0, 0.0]], None, "")


CORNERS = ("left above", "right above", "left below", "right below")


@pytest.mark.parametrize(
    ("x", "y", "corner"), [(1, 9, 0), (5, 9, 1), (9, 5, 1), (1, 1, 2), (9, 1, 3)], ids=lambda value: str(value)
)
def test_a_dot_of_a_matrix_has_the_name_of_its_corner(x: int, y: int, corner: int) -> None:
    chart = matrix_chart([Dot("A", x, y)], across=Axis("x", cut=5), up=Axis("y", cut=5, places=1), corners=CORNERS)
    assert chart["table"]["rows"] == [["A", str(x), f"{y}.0", CORNERS[corner]]]
    assert f"{CORNERS[corner]}: 1" in chart["words"]


def test_the_heaviest_dot_is_drawn_whole() -> None:
    dots = [Dot("A", 1, 1, 5), Dot("B", 2, 2, 10)]
    drawn = matrix_chart(dots, across=Axis("x", 1), up=Axis("y", 1), corners=CORNERS)["picture"]["dots"]
    assert [dot["weight"] for dot in drawn] == [0.5, 1.0]


def test_a_waterfall_steps_from_one_total_to_the_other() -> None:
    chart = waterfall_chart(Part("budget", 100), [Part("prices", 20), Part("lapsed", -50)], Part("expected", 70))
    assert chart["picture"]["totals"] == [100.0, 70.0]
    assert chart["picture"]["steps"] == [[100.0, 120.0], [120.0, 70.0]]
    assert chart["table"]["rows"][1] == ["prices", "", "+20"]
    assert chart["words"] == "budget 100; prices +20; lapsed \u221250; expected 70"


def test_a_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="lead from its start"):
        waterfall_chart(Part("budget", 100), [Part("prices", 20)], Part("expected", 121))


def test_small_multiples_share_one_scale_and_know_their_rows() -> None:
    chart = small_multiples(["jan", "feb"], {"A": [1, 30_000], "B": [2, None]}, before={"A": [1, 1]})
    assert chart["picture"]["divisor"] == 1_000
    assert chart["picture"]["panels"][1] == {"name": "B", "values": [2.0, None], "before": []}
    assert (chart["rows_wide"], chart["rows_narrow"]) == (1, 1)
    assert chart["table"]["rows"][1] == ["feb", "30,000", "–"]


def test_more_than_twelve_small_pictures_are_refused() -> None:
    twelve = {str(name): [1] for name in range(12)}
    chart = small_multiples(["jan"], twelve)
    assert (chart["rows_wide"], chart["rows_narrow"]) == (3, 6)
    with pytest.raises(ValueError, match="twelve"):
        small_multiples(["jan"], twelve | {"one more": [1]})


def test_nothing_at_all_can_be_drawn() -> None:
    chart = fan(months=[], actual=[], mean=[], lo80=[], hi80=[])
    assert chart["table"]["rows"] == []


def test_a_picture_travels_as_json() -> None:
    every = (
        fan(),
        line_chart(["a"], {"b": [Decimal(1)]}),
        bar_chart(["a"], [Decimal(1)], name="c"),
        whale_chart([Decimal(1)]),
        matrix_chart([Dot("A", Decimal(1), 2)], across=Axis("x", Decimal(1)), up=Axis("y", 1), corners=CORNERS),
        waterfall_chart(Part("a", Decimal(1)), [], Part("b", Decimal(1))),
        small_multiples(["a"], {"b": [Decimal(1)]}),
    )
    for chart in every:
        assert json.loads(json.dumps(chart["picture"])) == chart["picture"]
