"""A wrong call is told in the language of the terminal, the system's own reasons included."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import bekwaam


@pytest.mark.parametrize(
    ("words", "dutch"),
    [
        (["import", "sales"], "nog nodig: file"),
        (["import", "orders", "a.csv"], "'orders' kan hier niet"),
        (["brief", "--json", "--html", "out.html"], "gaat niet samen met"),
        (["refresh", "--as-of", "gisteren"], "'gisteren' is geen dag"),
        (["serve", "--port", "http"], "'http' kan hier niet"),
        (["import", "sales", "a.csv", "--soms"], "onbekend: --soms"),
        ([], "nog nodig: OPDRACHT"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_call_is_told_in_dutch(words: list[str], dutch: str, tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", *words, language="nl")
    assert told.code == 2
    assert dutch in told.err
    assert told.err.startswith("gebruik: bekwaam")
    assert "error" not in told.err


def test_the_same_words_are_in_the_object(tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", "import", "sales", "--json", language="nl")
    assert (told.code, told.object["error"]) == (2, "wrong_call")
    assert "nog nodig: file" in told.object["sentence"]


def test_in_english_they_are_those_of_python(tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", "import", "sales")
    assert "the following arguments are required: file" in told.err


def test_the_help_is_dutch_from_top_to_bottom(tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", "--help", language="nl")
    assert told.code == 0
    for english in ("usage", "options", "positional", "show this", "folder that", "read in a file"):
        assert english not in told.out
    assert "een bestand inlezen" in told.out


def test_a_reason_of_the_system_is_dutch_inside_a_dutch_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file stands where the home should be")
    orders = tmp_path / "orders.csv"
    orders.write_text("Ordernummer;Orderdatum\r\nSO1;14-03-2025\r\n")
    told = bekwaam(home, "import", "sales", orders, language="nl")
    assert told.code == 3
    assert "er staat al iets met die naam" in told.err or "geen map" in told.err
    assert "exists" not in told.err
