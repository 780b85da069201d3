"""Chart specifications: what is drawn, by what it is divided, and the table that says the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from bekwaam.frame.charts import bar_chart, fan_chart, line_chart

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


def test_more_than_six_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="six"):
        line_chart(["jan"], {str(name): [1] for name in range(7)})


def test_nothing_at_all_can_be_drawn() -> None:
    chart = fan(months=[], actual=[], mean=[], lo80=[], hi80=[])
    assert chart["table"]["rows"] == []


def test_a_picture_travels_as_json() -> None:
    for chart in (fan(), line_chart(["a"], {"b": [Decimal(1)]}), bar_chart(["a"], [Decimal(1)], name="c")):
        assert json.loads(json.dumps(chart["picture"])) == chart["picture"]
