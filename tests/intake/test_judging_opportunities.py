"""Files of opportunities: from a CRM program, from a list of one's own, in Dutch and English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from raw_tables import TERMS, refused_codes, table

from bekwaam.intake.judgement import Judged
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.opportunities import COLUMNS, judge_opportunities
from bekwaam.intake.stage_words import STAGE_OF, read_stages

CUSTOMERS = {"104310": "104310", "kranswijk transportsystemen": "104310", "cancity": "C7"}


def judged(**columns: Sequence[Any]) -> Judged:
    raw = table({heading.replace("_", " "): cells for heading, cells in columns.items()})
    return judge_opportunities(raw, propose_mapping(raw, "opportunities"), TERMS, CUSTOMERS)


def test_a_dutch_file_of_a_crm_goes_in() -> None:
    found = judged(
        Verkoopkans=["VK1", "VK2"],
        Debiteurnummer=["104310", "Kranswijk Transportsystemen"],
        Verkoper=["JV", "AB; JV"],
        Artikelgroep=["Pompen", "Filters"],
        Bedrag=["18.000,50", "1.200,00"],
        Geopend_op=["13-01-2026", "14-01-2026"],
        Verwacht_op=["28-10-2029", ""],
        Fase=["offerte", "onderhandeling"],
        Uitkomst=["open", "verloren"],
        Gesloten_op=["", "15-03-2026"],
        Reden=["", "levertijd"],
        Concurrent=["", "concurrent A"],
    )
    assert found.refusals.is_empty()
    assert dict(found.lines.schema) == dict(COLUMNS)
    first, second = found.lines.to_dicts()
    assert (first["number"], first["title"], first["customer_number"]) == ("VK1", "Pompen", "104310")
    assert (first["stage"], first["amount"], first["closed_on"]) == ("quoted", Decimal("18000.50"), None)
    assert (first["opened_on"], first["expected_on"]) == (date(2026, 1, 13), date(2029, 10, 28))
    assert (second["stage"], second["customer_number"], second["closed_on"]) == ("lost", "104310", date(2026, 3, 15))
    assert (second["reason"], second["competitor"], second["seller_code"]) == ("levertijd", "concurrent A", "AB; JV")


def test_the_columns_of_an_american_pipeline_are_understood() -> None:
    found = judged(
        opportunity_id=["1C1I7A6R", "Z063OYW0"],
        sales_agent=["M. Frase", "D. Schlecht"],
        product=["GTX Basic", "GTX Pro"],
        account=["Cancity", "Cancity"],
        deal_stage=["Won", "Engaging"],
        engage_date=[date(2016, 10, 20), date(2016, 10, 25)],
        close_date=[date(2017, 3, 1), date(2017, 3, 11)],
        close_value=[1054.0, None],
    )
    assert found.refusals.is_empty(), found.refusals
    won, open_one = found.lines.to_dicts()
    assert (won["title"], won["customer_number"], won["amount"]) == ("GTX Basic", "C7", Decimal("1054.00"))
    assert (won["closed_on"], won["expected_on"], won["seller_code"]) == (date(2017, 3, 1), None, "M. Frase")
    assert (open_one["stage"], open_one["closed_on"], open_one["expected_on"]) == ("qualified", None, date(2017, 3, 11))


def test_every_reason_for_refusal_names_its_row() -> None:
    found = judged(
        Nummer=["1", "2", "3", "4", None, "6", "6", None],
        Klant=["104310", "Nobody", None, "104310", "104310", "104310", "104310", None],
        Fase=["misschien", "offerte", "offerte", None, "offerte", "offerte", "order", None],
        Marktsoort=["B2B", "B2B", "B2B", "B2X", None, None, None, None],
    )
    codes = {(row["row"], row["code"]) for row in found.refusals.iter_rows(named=True)}
    assert codes == {
        (2, "stage_not_known"),
        (3, "customer_not_known"),
        (4, "customer_missing"),
        (5, "stage_missing"),
        (5, "market_type_unknown"),
        (6, "key_missing"),
        (7, "key_doubled"),
        (8, "key_doubled"),
    }
    assert (found.counts["rows_refused"], found.counts["blank"], found.lines.height) == (7, 1, 0)
    told = found.refusals.filter(pl.col("code") == "customer_not_known")["values"].item()
    assert json.loads(told) == {"value": "Nobody"}
    assert refused_codes(found)


def test_a_list_without_numbers_is_known_by_the_names_of_its_opportunities() -> None:
    found = judged(Kans=["Pompen Almelo", "Filters Oss"], Klant=["104310", "104310"], Fase=["Lead", "Gewonnen"])
    assert found.lines["number"].to_list() == found.lines["title"].to_list() == ["Pompen Almelo", "Filters Oss"]


def test_what_cannot_be_told_is_asked() -> None:
    assert [ask.field for ask in judged(Kans=["A"], Klant=["104310"]).asks] == ["stage"]
    assert [ask.field for ask in judged(Kans=["A"], Fase=["lead"]).asks] == ["customer_number"]
    asked = judged(Kans=["A"], Klant=["104310"], Fase=["lead"], Verwacht_op=["1-2-2026"]).asks
    assert [(ask.code, ask.field) for ask in asked] == [("date_order", "expected_on")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3. Offerte uit", "quoted"),
        ("CLOSED WON", "won"),
        ("Voorlopig gegund", "provisional"),
        ("Geïntroduceerd", "introduced"),
        ("Negotiation/Review", "negotiation"),
        ("perhaps", None),
        (None, None),
    ],
)
def test_stages_in_the_words_of_others(written: str | None, code: str | None) -> None:
    assert read_stages(pl.Series([written], dtype=pl.String)).to_list() == [code]


def test_no_word_stands_for_two_stages_and_every_stage_has_words() -> None:
    from bekwaam.records.stages import CODES

    assert set(STAGE_OF.values()) == set(CODES)
