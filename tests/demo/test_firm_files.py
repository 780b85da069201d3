"""The firm's files: as an ERP writes them, and each passes the doors with nothing refused."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bekwaam.demo.firm import Company
from bekwaam.demo.firm.files import FILES, IMPORTED, write
from bekwaam.intake.judgement import CompanyTerms, Judged
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.parties import judge_parties
from bekwaam.intake.reader import read_table
from bekwaam.intake.sales import judge_sales
from bekwaam.intake.synonyms import KINDS

TERMS = CompanyTerms("EUR", "NL", date(2026, 9, 19))


@pytest.fixture(scope="module")
def folder(firm: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("firm")
    write(firm, folder)
    return folder


def judged(folder: Path, kind: str) -> Judged:
    """What the doors say of the file of a kind, as they propose to read it."""
    name = next(file.name for file in FILES if file.kind == kind)
    table = read_table(folder / name, name=name)
    mapping = propose_mapping(table, kind)
    return judge_sales(table, mapping, TERMS) if kind == "sales" else judge_parties(table, mapping, kind)


@pytest.mark.parametrize("kind", IMPORTED)
def test_a_file_passes_with_nothing_refused_and_nothing_asked(firm: Company, folder: Path, kind: str) -> None:
    found = judged(folder, kind)
    assert not found.asks
    assert found.refusals.is_empty()
    assert found.lines.height == getattr(firm, kind).height


def test_the_order_lines_keep_every_cent_and_every_piece(firm: Company, folder: Path) -> None:
    found = judged(folder, "sales")
    for ours, read in (("revenue", "revenue"), ("cost", "cost"), ("quantity", "quantity")):
        assert Decimal(firm.sales[ours].sum()) == found.lines[read].sum()
    kinds = firm.sales["kind"].value_counts().sort("kind").rows()
    assert found.lines["kind"].value_counts().sort("kind").rows() == kinds
    assert found.counts["without_customer"] == found.counts["exact_repeats"] == 0


def test_every_kind_that_the_doors_know_is_read_in_and_every_table_has_a_file() -> None:
    assert set(IMPORTED) <= set(KINDS)
    assert {file.kind for file in FILES} == {each.name for each in fields(Company)} - {"truth"}
    assert len({file.name for file in FILES}) == len(FILES)


def test_every_file_has_all_columns_of_its_table_under_a_heading(firm: Company, folder: Path) -> None:
    for file in FILES:
        table = getattr(firm, file.kind)
        assert set(table.columns) - {"kind"} <= set(file.headings), file.kind
        with (folder / file.name).open(encoding="utf-8-sig", newline="") as written:
            rows = list(csv.reader(written, delimiter=";"))
        assert rows[0] == list(file.headings.values())
        assert len(rows) == table.height + 1


def test_figures_and_days_are_written_the_dutch_way(folder: Path) -> None:
    with (folder / "factuurregels.csv").open(encoding="utf-8-sig", newline="") as written:
        first = next(csv.DictReader(written, delimiter=";"))
    assert first["Factuurdatum"] == "01-09-2023"
    assert "," in first["Nettobedrag"]
    assert "." not in first["Nettobedrag"]


def test_the_truth_lies_beside_the_files(firm: Company, folder: Path) -> None:
    told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert told["until"] == firm.truth.until.isoformat()
    assert not set(told) & {file.kind for file in FILES}
