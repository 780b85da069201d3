"""Headings: whatever a Dutch, English or German system calls its columns."""

from __future__ import annotations

import pytest
from raw_tables import column, table

from bekwaam.intake.headings import compact, fits, is_known, take_apart
from bekwaam.intake.judgement import Ask
from bekwaam.intake.mapping import Mapping, propose_mapping

FIELD_OF = {
    "Factuurnr": "order_number",
    "Ordernummer": "order_number",
    "Invoice": "order_number",
    "InvoiceNo": "order_number",
    "Verkaufsbeleg": "order_number",
    "VBELN": "order_number",
    "Order #": "order_number",
    "Debiteur": "customer_number",
    "Klantnummer": "customer_number",
    "KLANT-NR.": "customer_number",
    "Customer ID": "customer_number",
    "customer_id": "customer_number",
    "Sell-to Customer No.": "customer_number",
    "Kundennummer": "customer_number",
    "Artikelcode": "product_code",
    "Materiaal": "product_code",
    "SKU": "product_code",
    "StockCode": "product_code",
    "Aantal": "quantity",
    "Qty": "quantity",
    "Fakturierte Menge": "quantity",
    "Nettowaarde": "revenue",
    "Omzet excl. btw": "revenue",
    "Omzet (€)": "revenue",
    "Net Amount": "revenue",
    "Nettowert": "revenue",
    "Line Amount Excl. VAT": "revenue",
    "UnitPrice": "unit_price",
    "Prijs per stuk": "unit_price",
    "Kostprijs": "cost",
    "Unit Cost (LCY)": "unit_cost",
    "Landcode": "country",
    "Country/Region Code": "country",
    "Währung": "currency",
    "Besteldatum": "order_date",
    "InvoiceDate": "order_date",
    "Vertegenwoordiger": "seller_code",
    "Rayon": "territory_code",
}


@pytest.mark.parametrize(("heading", "field"), FIELD_OF.items())
def test_a_heading_stands_for_its_field(heading: str, field: str) -> None:
    assert fits(heading, "sales")[0].field == field
    assert is_known(heading)


@pytest.mark.parametrize("heading", ["Bedrag incl. btw", "Bruto omzet", "Brutoomzet", "Amount Including VAT"])
def test_a_gross_amount_is_never_proposed_as_revenue(heading: str) -> None:
    assert fits(heading, "sales") == ()


@pytest.mark.parametrize("heading", ["Opmerking", "Leverdatum", "Gewicht", "", "x"])
def test_what_is_none_of_ours_is_not_known(heading: str) -> None:
    assert not is_known(heading)


def test_spelling_does_not_matter() -> None:
    assert compact("  Klant–Nr. ") == compact("KLANTNR") == compact("klant nr")


def test_a_heading_can_name_the_currency() -> None:
    assert take_apart("Omzet in USD").currency == "USD"
    assert propose_mapping(table({"Datum": ["1"], "Omzet (USD)": [1]}), "sales").currency == "USD"


def test_each_column_serves_one_field_and_the_most_certain_goes_first() -> None:
    raw = table({"Klant": ["Kranswijk"], "Klantnr": ["104310"], "Datum": ["1"], "Nettowaarde": [1], "Bedrag": [1]})
    fields = propose_mapping(raw, "sales").fields
    assert fields == {
        "customer_number": "Klantnr",
        "customer_name": "Klant",
        "order_date": "Datum",
        "revenue": "Nettowaarde",
    }


def test_a_customer_known_by_name_only_has_the_name_for_a_key() -> None:
    fields = propose_mapping(table({"Klantnaam": ["Kranswijk"], "Datum": ["1"], "Omzet": [1]}), "sales").fields
    assert fields["customer_number"] == fields["customer_name"] == "Klantnaam"


def test_a_needed_field_without_a_column_is_asked_for() -> None:
    (ask,) = propose_mapping(table({"Besteld": ["1"], "Omzet": [1]}), "sales").questions
    assert (ask.code, ask.field) == ("which_column", "order_date")
    assert [choice.value for choice in ask.choices] == ["Besteld", "Omzet"]


def test_price_and_quantity_stand_in_for_revenue() -> None:
    assert not propose_mapping(table({"Datum": ["1"], "Prijs": [1], "Aantal": [2]}), "sales").questions
    (ask,) = propose_mapping(table({"Datum": ["1"], "Prijs": [1]}), "sales").questions
    assert ask.field == "revenue"


def test_two_headings_that_fit_equally_well_are_asked_about() -> None:
    raw = table({"Datum": ["1"], "Nettowaarde": [1], "Omzet excl. btw": [2]})
    (ask,) = propose_mapping(raw, "sales").questions
    assert (ask.code, ask.field) == ("columns_alike", "revenue")
    assert [choice.value for choice in ask.choices] == ["Nettowaarde", "Omzet excl. btw"]


def test_the_same_heading_twice_is_asked_about_by_position() -> None:
    raw = table([("Datum", ["1"]), ("Omzet", [1]), ("Omzet", [2])])
    (ask,) = propose_mapping(raw, "sales").questions
    assert [(choice.value, choice.label) for choice in ask.choices] == [(1, "Omzet (B)"), (2, "Omzet (C)")]
    answered = propose_mapping(raw, "sales").answered(ask, 2)
    assert answered.questions == ()
    assert answered.column(raw, "revenue") is raw.columns[2]


def test_the_same_heading_twice_over_the_same_content_needs_no_answer() -> None:
    raw = table([("Datum", ["1"]), ("Omzet", [1]), ("Valuta", ["EUR"]), ("Valuta", ["EUR"])])
    mapping = propose_mapping(raw, "sales")
    assert (mapping.questions, mapping.fields["currency"]) == ((), 2)


def test_a_mapping_survives_json() -> None:
    raw = table({"Datum": ["1"], "Nettowaarde": [1], "Omzet excl. btw": [2]})
    mapping = propose_mapping(raw, "sales").corrected({"date_order": {"order_date": "mdy"}, "decimal": "comma"})
    assert Mapping.from_json(mapping.to_json()) == mapping


def test_a_remembered_mapping_goes_before_the_headings() -> None:
    raw = table({"Datum": ["1"], "Omzet": [1], "Code": ["a"], "Artikelcode": ["b"]})
    remembered = propose_mapping(raw, "sales").corrected({"fields": {"product_code": "Code", "order_number": None}})
    again = propose_mapping(raw, "sales", remembered=Mapping.from_json(remembered.to_json()))
    assert again.fields["product_code"] == "Code"
    assert again.column(raw, "order_number") is None


def test_a_correction_of_one_thing_leaves_the_rest_proposed() -> None:
    raw = table({"Datum": ["1"], "Omzet": [1]})
    told = Mapping.from_json({"date_order": {"order_date": "dmy"}})
    mapping = propose_mapping(raw, "sales", remembered=told)
    assert mapping.fields == {"order_date": "Datum", "revenue": "Omzet"}
    assert mapping.date_order == {"order_date": "dmy"}


def test_the_signature_knows_a_source_by_its_headings() -> None:
    monthly = table({"Datum": ["1"], "Omzet": [1]})
    next_month = table({"datum": ["2"], "OMZET": [7]})
    mended = table({"Datum": ["2"], "Omzet": [7], "Bekwaam: rij / row": [3]})
    other = table({"Datum": ["1"], "Afzet": [1]})
    assert Mapping.signature(monthly) == Mapping.signature(next_month) == Mapping.signature(mended)
    assert Mapping.signature(monthly) != Mapping.signature(other)


def test_a_question_survives_json() -> None:
    ask = propose_mapping(table({"Omzet": [1]}), "sales").questions[0]
    assert Ask.from_json(ask.to_json()) == ask


def test_an_empty_column_does_not_rival_a_filled_one() -> None:
    raw = table([("Datum", ["1"]), ("Omzet", [None]), ("Omzet", [2])])
    mapping = propose_mapping(raw, "sales")
    assert (mapping.questions, mapping.fields["revenue"]) == ((), 2)
    assert column("Omzet", [None]).texts is None
