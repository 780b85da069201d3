"""`bekwaam import` and `undo` as a script calls them: exit codes, one object on stdout, words on stderr."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest
from commands import Told, bekwaam

HEADINGS = "Ordernummer;Orderdatum;Klantnummer;Artikelcode;Aantal;Prijs;Land"


def orders(path: Path, *, days: range = range(11, 16), price: str = "2,50", start: int = 1) -> Path:
    rows = [f"SO{start + nth};{day:02d}-03-2025;100;A1;10;{price};NL" for nth, day in enumerate(days)]
    path.write_bytes("\r\n".join([HEADINGS, *rows]).encode("cp1252"))
    return path


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    folder = tmp_path_factory.mktemp("filled")
    return folder / "home", bekwaam(folder / "home", "import", "sales", orders(folder / "a.csv"), "--json")


def test_done_is_0_with_one_object_and_words(filled: tuple[Path, Told]) -> None:
    told = filled[1]
    assert told.code == 0, told.err
    assert (told.object["batch"], told.object["revenue"], told.object["quantity"]) == ("B0001", "125.00", "50.000")
    assert "5 of 5 lines read in" in told.err
    assert told.err.count("Traceback") == 0


def test_a_refusal_is_1_and_says_why_in_dutch(filled: tuple[Path, Told], tmp_path: Path) -> None:
    path = orders(tmp_path / "b.csv", days=range(20, 26), price="veel", start=50)
    path.write_bytes(path.read_bytes().replace(b"25-03", b"31-02"))
    told = bekwaam(filled[0], "import", "sales", path, "--json", language="nl")
    assert told.code == 1
    assert told.object["batch"] is None
    assert {"row", "column", "value", "reason"} <= told.object["refusals"][0].keys()
    assert "is geen getal" in told.object["refusals"][0]["reason"]
    assert "Er is niets opgeslagen" in told.err
    assert told.object["facts_version"] == 1


def test_an_overlap_is_1_and_refuse_says_so(filled: tuple[Path, Told], tmp_path: Path) -> None:
    path = orders(tmp_path / "c.csv", days=range(13, 20), price="9,99", start=3)
    asked = bekwaam(filled[0], "import", "sales", path, "--json", language="nl")
    assert (asked.code, asked.object["questions"][0]["code"]) == (1, "overlap")
    assert "Antwoord met --overlap new" in asked.err
    refused = bekwaam(filled[0], "import", "sales", path, "--overlap", "refuse", "--json")
    assert (refused.code, refused.object["error"], refused.object["batch"]) == (1, "overlap_refused", None)
    assert refused.object["sentence"] in refused.err


def test_ambiguous_dates_are_answered_with_a_mapping_file(filled: tuple[Path, Told], tmp_path: Path) -> None:
    path = orders(tmp_path / "d.csv", days=range(1, 8), start=80)
    asked = bekwaam(filled[0], "import", "sales", path, "--json")
    assert (asked.code, asked.object["questions"][0]["code"]) == (1, "date_order")
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"date_order": {"order_date": "dmy"}}))
    told = bekwaam(filled[0], "import", "sales", path, "--mapping", answer, "--json", "--dry-run")
    assert told.code == 0, told.err
    assert (told.object["last_date"], told.object["rows_to_import"], told.object["batch"]) == ("2025-03-07", 7, None)


def test_a_wrong_mapping_is_a_wrong_call(filled: tuple[Path, Told], tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    for wrong, code in (("{not json", "mapping_not_json"), ('{"date_order": {"order_date": "ymd"}}', "mapping_wrong")):
        answer.write_text(wrong)
        told = bekwaam(filled[0], "import", "sales", orders(tmp_path / "e.csv"), "--mapping", answer, "--json")
        assert (told.code, told.object["error"]) == (2, code)
        assert told.object["sentence"] in told.err


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ([], "{"),
        ({"x": 1}, "x"),
        ({"fields": {"foo": 1}}, "fields"),
        ({"fields": {"order_date": 1.5}}, "fields"),
        ({"fields": "order_date"}, "fields"),
        ({"decimal": "dot"}, "decimal"),
        ({"currency": 5}, "currency"),
        (
            {"fields": {"order_date": "Datum", "revenue": 3, "cost": None}, "decimal": "comma", "cost_basis": "unit"},
            None,
        ),
    ],
)
def test_a_mapping_written_by_hand_is_looked_over(told: object, part: str | None) -> None:
    from bekwaam.workspaces.data.mapping_by_hand import wrong_part

    assert wrong_part(told, "sales") == part


def test_wrong_calls_are_2(filled: tuple[Path, Told], tmp_path: Path) -> None:
    missing = bekwaam(filled[0], "import", "sales", tmp_path / "absent.csv", "--json", language="nl")
    assert (missing.code, missing.object["error"]) == (2, "file_missing")
    assert missing.object["sentence"] in missing.err
    assert bekwaam(filled[0], "import", "sales", orders(tmp_path / "f.csv"), "--no-such-option").code == 2


def test_a_file_that_cannot_be_read_is_1_with_one_object(filled: tuple[Path, Told], tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    told = bekwaam(filled[0], "import", "sales", path, "--json", language="nl")
    assert (told.code, told.object["error"]) == (1, "file_empty")
    assert told.object["sentence"] in told.err


def test_what_breaks_outside_is_3(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file stands where the home should be")
    told = bekwaam(home, "import", "sales", orders(tmp_path / "g.csv"), "--json")
    assert (told.code, told.object["error"]) == (3, "cannot_write")


def test_an_undo_of_what_is_not_there_is_1(filled: tuple[Path, Told]) -> None:
    told = bekwaam(filled[0], "undo", "B0999", "--json", language="nl")
    assert (told.code, told.object["error"]) == (1, "batch_unknown")
    assert told.object["sentence"] in told.err


def test_a_dry_run_needs_no_lock(filled: tuple[Path, Told], tmp_path: Path) -> None:
    with (filled[0] / "facts" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = bekwaam(
            filled[0], "import", "sales", orders(tmp_path / "h.csv", days=range(20, 25), start=200), "--dry-run"
        )
    assert told.code == 0, told.err


def test_a_wrong_option_is_told_in_words_and_as_an_object(tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", "import", "sales", "orders.csv", "--overlap", "sometimes", "--json")
    assert told.code == 2
    assert told.object["error"] == "wrong_call"
    assert "sometimes" in told.object["sentence"]
    assert "sometimes" in told.err
