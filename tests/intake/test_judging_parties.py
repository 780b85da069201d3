"""Files of customers, products and sellers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from raw_tables import refused_codes, table

from bekwaam.intake.judgement import Judged
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.parties import judge_parties
from bekwaam.terms.codes import CODES


def judged(kind: str, **columns: Sequence[Any]) -> Judged:
    raw = table(columns)
    return judge_parties(raw, propose_mapping(raw, kind), kind)


def test_customers_come_out_with_the_columns_that_the_file_has() -> None:
    found = judged(
        "customers",
        Debiteurnummer=[104310.0, "0104655"],
        Naam=["Kranswijk Transportsystemen", "Sterkmeer U.A."],
        Plaats=["Almelo", None],
        Land=["Nederland", "Atlantis"],
        Branche=["logistiek", None],
        Marktsoort=["b2b", "B2G"],
        Accountmanager=["JV", None],
        Rayon=["Oost", "Oost"],
    )
    assert found.refusals.is_empty()
    assert found.counts["countries_without_code"] == 1
    assert found.lines.to_dicts() == [
        {
            "number": "104310",
            "name": "Kranswijk Transportsystemen",
            "city": "Almelo",
            "country": "NL",
            "segment": "logistiek",
            "market_type": "B2B",
            "seller_code": "JV",
            "territory_code": "Oost",
            "source_row": 2,
        },
        {
            "number": "0104655",
            "name": "Sterkmeer U.A.",
            "city": None,
            "country": None,
            "segment": None,
            "market_type": "B2G",
            "seller_code": None,
            "territory_code": "Oost",
            "source_row": 3,
        },
    ]


def test_products_and_sellers_have_their_own_fields() -> None:
    products = judged(
        "products", Artikelcode=["FP-12"], Omschrijving=["Filterpomp"], Artikelgroep=["Pompen"], Eenheid=["st"]
    )
    assert products.lines.row(0) == ("FP-12", "Filterpomp", "Pompen", "st", 2)
    sellers = judged("sellers", Code=["JV"], Naam=["Binnendienst"], Team=["Noord"], Rayon=["Oost"])
    assert sellers.lines.columns == ["code", "name", "team_code", "territory_code", "source_row"]


def test_a_row_without_a_key_is_refused_and_a_blank_row_is_not() -> None:
    found = judged("products", Artikelcode=["FP-12", None, None], Omschrijving=["Filterpomp", "Vlotter", None])
    assert refused_codes(found) == ["key_missing"]
    assert (found.counts["rows_read"], found.counts["blank"], found.counts["rows_good"]) == (2, 1, 1)


def test_the_same_key_with_different_content_is_refused_everywhere() -> None:
    found = judged("products", Artikelcode=["A", "B", "A"], Omschrijving=["Pomp", "Filter", "Vlotter"])
    assert found.refusals.select("row", "code").rows() == [(2, "key_doubled"), (4, "key_doubled")]
    assert json.loads(found.refusals["values"][0]) == {"value": "A", "rows": "2, 4"}
    assert found.lines["code"].to_list() == ["B"]


def test_the_same_row_twice_goes_in_once() -> None:
    found = judged("products", Artikelcode=["A", "A"], Omschrijving=["Pomp", "Pomp"])
    assert (found.lines.height, found.counts["rows_good"], found.counts["exact_repeats"]) == (1, 2, 1)


def test_refusals_carry_what_their_sentences_need() -> None:
    found = judged("customers", Klantnr=["1", "2"], Naam=["n" * 201, "ok"], Marktsoort=["B2B", "export"])
    assert sorted(refused_codes(found)) == ["market_type_unknown", "text_too_long"]
    for code, values in found.refusals.select("code", "values").iter_rows():
        assert set(json.loads(values)) == set(CODES[code])


def test_a_file_without_a_key_column_is_asked_about() -> None:
    found = judged("customers", Plaats=["Almelo"])
    assert [(ask.code, ask.field) for ask in found.asks] == [("which_column", "number")]


def test_customers_known_by_name_only_have_the_name_for_a_key() -> None:
    assert judged("customers", Klantnaam=["Kranswijk"]).lines.row(0)[:2] == ("Kranswijk", "Kranswijk")
