"""The firm as files, the way an ERP and a CRM of the Netherlands write them: semicolons, decimal commas, 28-02-2026."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from bekwaam.demo.firm.making import Company

TRUTH: Final = "truth.json"
BOM: Final = b"\xef\xbb\xbf"
"""Excel takes a file without it for one of 1990."""


@dataclass(frozen=True)
class File:
    """A file of one kind: its name, and the heading of each column."""

    kind: str
    name: str
    headings: dict[str, str]


def _file(kind: str, name: str, /, **headings: str) -> File:
    return File(kind, name, headings)


FILES: Final = (
    _file("sellers", "verkopers.csv", code="Verkoper", name="Naam", team="Team", territory="Rayon"),
    _file(
        "customers",
        "klanten.csv",
        number="Debiteurnummer",
        name="Naam",
        city="Plaats",
        country="Land",
        segment="Branche",
        market_type="Marktsoort",
        seller="Verkoper",
        territory="Rayon",
    ),
    _file(
        "products",
        "artikelen.csv",
        code="Artikelnummer",
        name="Omschrijving",
        group="Artikelgroep",
        unit="Eenheid",
        cost="Kostprijs",
        list_price="Catalogusprijs",
    ),
    _file(
        "sales",
        "factuurregels.csv",
        invoice="Factuurnummer",
        line="Regel",
        date="Factuurdatum",
        customer="Debiteurnummer",
        product="Artikelnummer",
        seller="Verkoper",
        territory="Rayon",
        country="Land",
        quantity="Aantal",
        unit="Eenheid",
        list_price="Catalogusprijs",
        discount="Korting %",
        price="Nettoprijs",
        revenue="Nettobedrag",
        cost="Kostprijs regel",
    ),
    _file(
        "invoices",
        "facturen.csv",
        invoice="Factuurnummer",
        date="Factuurdatum",
        customer="Debiteurnummer",
        amount="Bedrag",
        due="Vervaldatum",
        paid_on="Betaald op",
    ),
    _file(
        "price_list", "prijslijst.csv", product="Artikelnummer", valid_from="Geldig vanaf", list_price="Catalogusprijs"
    ),
    _file("portfolios", "portefeuilles.csv", customer="Debiteurnummer", seller="Verkoper", since="Sinds"),
    _file(
        "order_book",
        "orderboek.csv",
        order="Ordernummer",
        line="Regel",
        ordered_on="Orderdatum",
        customer="Debiteurnummer",
        product="Artikelnummer",
        seller="Verkoper",
        quantity="Aantal",
        unit="Eenheid",
        revenue="Nettobedrag",
        promised_on="Beloofde leverdatum",
        delivered_on="Geleverd op",
    ),
    _file(
        "quotes",
        "offertes.csv",
        quote="Offertenummer",
        quoted_on="Offertedatum",
        customer="Debiteurnummer",
        seller="Verkoper",
        amount="Bedrag",
        status="Status",
        decided_on="Beslist op",
        order="Ordernummer",
        reason="Reden",
    ),
    _file(
        "opportunities",
        "verkoopkansen.csv",
        opportunity="Verkoopkans",
        customer="Debiteurnummer",
        seller="Verkoper",
        group="Artikelgroep",
        amount="Bedrag",
        opened_on="Geopend op",
        expected_on="Verwacht op",
        stage="Fase",
        outcome="Uitkomst",
        closed_on="Gesloten op",
        reason="Reden",
        rival="Concurrent",
    ),
    _file(
        "opportunity_stages",
        "verkoopkansen-fasen.csv",
        opportunity="Verkoopkans",
        stage="Fase",
        entered_on="Sinds",
    ),
    _file(
        "complaints",
        "klachten.csv",
        complaint="Klachtnummer",
        opened_on="Geopend op",
        closed_on="Gesloten op",
        customer="Debiteurnummer",
        invoice="Factuurnummer",
        cause="Oorzaak",
        cost="Kosten",
    ),
    _file(
        "visits",
        "bezoeken.csv",
        visit="Bezoeknummer",
        date="Datum",
        customer="Debiteurnummer",
        seller="Verkoper",
        kind="Soort",
        reason="Aanleiding",
        minutes="Minuten",
    ),
    _file(
        "fairs",
        "beurzen.csv",
        fair="Beurscode",
        name="Beurs",
        place="Plaats",
        country="Land",
        starts_on="Eerste dag",
        ends_on="Laatste dag",
        stand_m2="Stand m2",
    ),
    _file("fair_costs", "beurskosten.csv", fair="Beurscode", category="Kostensoort", amount="Bedrag"),
    _file(
        "fair_leads",
        "beursleads.csv",
        lead="Leadnummer",
        fair="Beurscode",
        met_on="Datum",
        company="Bedrijf",
        country="Land",
        customer="Debiteurnummer",
        heat="Warmte",
        seller="Verkoper",
        followed_on="Opgevolgd op",
    ),
    _file("ledger", "grootboek.csv", month="Maand", account="Rekening", name="Omschrijving", amount="Bedrag"),
)

IMPORTED: Final = ("sellers", "customers", "products", "sales", "opportunities")
"""The kinds that are read in today, in this order; the others lie ready beside them until their import exists."""


def write(made: Company, folder: Path) -> dict[str, Path]:
    """Write every file of the firm and the truth into the folder; returns the file of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for file in FILES:
        found[file.kind] = folder / file.name
        found[file.kind].write_bytes(BOM + _as_text(getattr(made, file.kind), file).encode("utf-8"))
    (folder / TRUTH).write_text(made.truth.to_json(), encoding="utf-8")
    return found


def _as_text(table: pl.DataFrame, file: File) -> str:
    written = table.select(_written(name, table.schema[name]).alias(heading) for name, heading in file.headings.items())
    return written.write_csv(separator=";", line_terminator="\r\n")


def _written(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as the Dutch write it; what is not known stays empty."""
    if kind == pl.Date:
        return pl.col(name).dt.to_string("%d-%m-%Y")
    if kind.is_decimal() or kind.is_float():
        return pl.col(name).cast(pl.String).str.replace(".", ",", literal=True)
    return pl.col(name)
