"""What files call the stages of an opportunity, in Dutch and English, in the words of common CRM programs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import polars as pl

from bekwaam.intake.cells import by_distinct

_WORDS: Final[dict[str, str]] = {
    "lead": """lead, suspect, prospect, prospecting, first contact, eerste contact, contact, kennismaking, nieuw, new,
        acquisitie, aanvraag, inquiry, appointment scheduled, id decision makers""",
    "qualified": """qualified, qualification, gekwalificeerd, kwalificatie, need is clear, behoefte, behoefte helder,
        behoefteanalyse, needs analysis, intake, inventarisatie, engaging, qualified to buy, value proposition, demo,
        presentatie, presentation scheduled, afspraak, bezoek, perception analysis, decision maker bought in""",
    "quoted": """quoted, quotation is out, quotation, quote, offerte, offerte uit, offerte verstuurd,
        offerte uitgebracht, aanbieding, voorstel, proposal, proposal price quote, angebot""",
    "negotiation": """negotiation, negotiating, negotiation review, onderhandeling, in onderhandeling, onderhandelen,
        contract, contract sent, contract verstuurd, beslissing, besluit, verhandlung""",
    "introduced": "introduced, introductie, geintroduceerd, voorgesteld",
    "range": "range discussed, range, assortiment besproken, assortiment",
    "trial": "trial placement, trial, proefplaatsing, proef, pilot",
    "terms": "terms on the table, terms, voorwaarden, voorwaarden op tafel, condities, inkoopvoorwaarden",
    "announced": "tender announced, announced, aangekondigd, aankondiging, gepubliceerd, aanbesteding aangekondigd",
    "preparing": """bid being prepared, preparing, in voorbereiding, inschrijving in voorbereiding, voorbereiding,
        nota van inlichtingen""",
    "submitted": "bid submitted, submitted, ingediend, ingeschreven, inschrijving ingediend",
    "provisional": "provisional award, provisional, voorlopig gegund, voorlopige gunning, standstill",
    "won": """won, closed won, gewonnen, order, opdracht, akkoord, gegund, definitief gegund, awarded, gewonnen order,
        afgesloten gewonnen, gewonnen gesloten, gewonnen afgesloten""",
    "lost": """lost, closed lost, verloren, niet gegund, afgewezen, vervallen, geannuleerd, gaat niet door, cancelled,
        dead, afgesloten verloren, gesloten verloren""",
}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z]+", "".join(one for one in letters if not unicodedata.combining(one))))


STAGE_OF: Final = {_plain(word): code for code, words in _WORDS.items() for word in words.split(",")}
"""Plain word → code of the stage."""


def read_stages(written: pl.Series) -> pl.Series:
    """The code of each stage; null where nothing is written or the word is not known. Signs, capitals, accents and
    numbers in front do not matter.

    >>> read_stages(pl.Series(["3. Offerte uit", "Closed Won", "misschien"])).to_list()
    ['quoted', 'won', None]
    """
    return by_distinct(
        written, lambda distinct: pl.Series([STAGE_OF.get(_plain(text or "")) for text in distinct], dtype=pl.String)
    )
