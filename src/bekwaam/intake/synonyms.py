"""What the columns of order, customer, product and seller files are called, in Dutch, English and German SAP.

Each field has ranks: the first holds the most certain headings, later ones are taken only where nothing better
stands in the file. Spelling does not matter here: `headings.compact` removes case, accents, signs and spaces.
SAP's technical names (VBELN, KUNNR …) are those of tables VBRK, VBRP, KNA1 and MARA.
"""

from __future__ import annotations

from typing import Final

Ranks = tuple[tuple[str, ...], ...]

KEY_WORDS: Final = ("nr", "no", "nummer", "number", "num", "id", "code")


def numbered(*stems: str) -> tuple[str, ...]:
    """Each stem with every word for "number" behind it.

    >>> numbered("order")[:2]
    ('ordernr', 'orderno')
    """
    return tuple(f"{stem}{word}" for stem in stems for word in KEY_WORDS)


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


_CUSTOMER_STEMS = words(
    """klant klanten debiteur debiteuren afnemer relatie verkooprelatie opdrachtgever customer cust client account
    debtor buyer sellto selltocustomer billtocustomer soldto soldtoparty kunden kunde debitor debitoren
    auftraggeber"""
)
_CUSTOMER_NUMBER: Ranks = (
    (*numbered(*_CUSTOMER_STEMS), "kunnr", "kunag", "custref", "accountref"),
    words("debiteur opdrachtgever soldtoparty soldto debitor auftraggeber debtor"),
    words("klant customer client account kunde afnemer relatie verkooprelatie buyer cust"),
)
_NAME_WORDS = ("naam", "name", "omschrijving", "description", "bezeichnung")
_CUSTOMER_NAME: Ranks = (
    (
        *(f"{stem}{word}" for stem in _CUSTOMER_STEMS for word in _NAME_WORDS),
        *words("naamklant naamdebiteur naamopdrachtgever klantnaam1 name1 bedrijfsnaam companyname"),
    ),
    ("bedrijf", "company", "firma", "firmanaam", "organisatie"),
    words("klant customer client account kunde afnemer relatie verkooprelatie buyer"),
    ("debiteur", "opdrachtgever", "soldtoparty", "soldto"),
)
_PRODUCT_STEMS = words(
    """artikel product item materiaal material stock sku goederen lineitem producten produkt matr part onderdeel
    voorraad"""
)
_PRODUCT_CODE: Ranks = (
    (
        *numbered(*_PRODUCT_STEMS),
        *words("sku matnr lineitemsku productsku variantsku internalreference internereferentie"),
    ),
    ("artikel", "materiaal", "material", "ean", "gtin"),
    ("product", "item", "produkt", "dienst", "stockitem"),
)
_PRODUCT_DESCRIPTION: Ranks = (
    (
        *(f"{stem}{word}" for stem in _PRODUCT_STEMS for word in _NAME_WORDS),
        *words(
            """materiaalomschrijving arktx maktx artikelbezeichnung lineitemname producttitle omschrijvingartikel
            kortetekst materialkurztext itemtext"""
        ),
    ),
    ("omschrijving", "description", "bezeichnung", "benaming"),
    ("product", "item", "artikel", "produkt"),
)
_PRODUCT_GROUP: Ranks = (
    words(
        """artikelgroep productgroep productgroup materiaalgroep materialgroup goederengroep itemgroup itemgroep
        itemcategory productcategory productcategorie warengruppe matkl artikelcategorie artikelgroepcode
        itemcategorycode producthierarchie producthierarchy"""
    ),
    words("assortiment assortimentsgroep productfamilie productfamily productlijn productline hoofdgroep"),
    ("categorie", "category", "groep", "series", "serie"),
)
_SELLER_STEMS = words(
    """verkoper vertegenwoordiger accountmanager seller salesperson salesrep salesman salesagent salesemployee
    verkopers verkaufer vertreter buitendienst rep medewerker verkoopmedewerker salesrepresentative salesmanager
    representative"""
)
_SELLER_CODE: Ranks = (
    (*numbered(*_SELLER_STEMS), "salespersoncode", "pernr", "vkgrp", "verkoopgroep", "verkaufergruppe", "salesgroup"),
    (*_SELLER_STEMS, "eigenaar", "owner", "accounthouder"),
)
_SELLER_NAME: Ranks = (
    tuple(f"{stem}{word}" for stem in _SELLER_STEMS for word in _NAME_WORDS),
    _SELLER_STEMS,
)
_TERRITORY: Ranks = (
    words(
        """rayoncode rayon rayonnr rayonnummer territory territorycode salesterritory verkoopgebied
        verkoopgebiedcode gebiedcode salesdistrict verkoopdistrict districtcode bzirk"""
    ),
    words("regio region district gebied regiocode regionalcode regioncode regionaloffice"),
)
_COUNTRY: Ranks = (
    words(
        """landcode countrycode isolandcode landiso countryregioncode landregiocode landcodeiso land1 laendercode
        landercode landerschlussel landenschluessel countryiso isocountry"""
    ),
    words("land country landregio countryregion landnaam countryname pays"),
    words(
        """afleverland leverland shiptocountry shippingcountry deliverycountry bestemmingsland factuurland
        billingcountry billtocountry klantland customercountry landklant officelocation"""
    ),
)
_UNIT: Ranks = (
    words(
        """eenheid verkoopeenheid hoeveelheidseenheid eenheidcode unitofmeasure uom unitofmeasurecode salesunit
        mengeneinheit verkaufsmengeneinheit vrkme meins vkeh basiseenheid baseunit basishoeveelheidseenheid
        salesuom besteleenheid"""
    ),
    words("unit einheit me eh vke ehd"),
)

SALES: Final[dict[str, Ranks]] = {
    "order_number": (
        (
            *numbered("order", "verkooporder", "salesorder", "bestel", "bestelling", "opdracht", "auftrags", "auftrag"),
            *words("orderreference orderreferentie orderref salesdocument verkoopdocument verkaufsbeleg"),
        ),
        (
            *numbered("factuur", "invoice", "faktura", "rechnungs", "rechnung", "billingdocument", "verkoopfactuur"),
            *words("inv invoiceref invoicereference factuurdocument billingdocument vbeln invno"),
        ),
        words("order factuur invoice faktura verkooporder salesorder bestelling auftrag rechnung"),
        (
            *numbered("document", "transactie", "transaction", "bon", "kassabon", "receipt", "beleg", "boekstuk"),
            *words("document bon boekstuk transactie transaction receipt beleg"),
        ),
    ),
    "line_number": (
        (
            *numbered("regel", "orderregel", "factuurregel", "line", "orderline", "invoiceline", "lijn", "positie"),
            *numbered("position", "positions"),
            *words("posnr pos positie position orderregel factuurregel orderline invoiceline"),
        ),
        words("regel line lijn volgnr volgnummer salesdocumentitem billingitem orderitem"),
        ("item",),
    ),
    "order_date": (
        words(
            """orderdatum orderdate besteldatum datumorder dateoforder salesorderdate verkooporderdatum
            opdrachtdatum auftragsdatum audat datumbestelling ordereddate verkoopdatum saledate salesdate
            orderdatetime"""
        ),
        words(
            """factuurdatum invoicedate datumfactuur fakturadatum rechnungsdatum billingdate fkdat invoicedatetime
            dateofinvoice facturatiedatum billeddate"""
        ),
        words(
            """boekdatum boekingsdatum postingdate documentdatum documentdate buchungsdatum belegdatum
            transactiedatum transactiondate bookingdate budat"""
        ),
        words("datum date dag day createdat aangemaaktop erdat creationdate tijdstip"),
    ),
    "customer_number": _CUSTOMER_NUMBER,
    "customer_name": _CUSTOMER_NAME,
    "product_code": _PRODUCT_CODE,
    "product_description": _PRODUCT_DESCRIPTION,
    "product_group": _PRODUCT_GROUP,
    "seller_code": _SELLER_CODE,
    "seller_name": _SELLER_NAME,
    "territory_code": _TERRITORY,
    "country": _COUNTRY,
    "quantity": (
        words(
            """aantal hoeveelheid qty quantity menge gefactureerdehoeveelheid gefactureerdaantal billedquantity
            invoicedquantity invoicedqty fakturiertemenge fkimg lineitemquantity verkochtaantal aantalverkocht
            quantitysold qtysold"""
        ),
        words(
            """aantalbesteld besteldaantal orderquantity orderqty orderedquantity qtyordered kwmeng aantalgeleverd
            geleverdaantal quantityordered qtyinvoiced bestelhoeveelheid auftragsmenge orderaantal
            aantaleenheden aantalstuks quantityinvoiced"""
        ),
        words("stuks units afzet volume pieces stuck antal anz anzahl"),
    ),
    "unit": _UNIT,
    "revenue": (
        words(
            """nettowaarde netto nettobedrag nettoomzet netamount netvalue netrevenue netsales nettowert
            nettobetrag netwr nettoregelbedrag netlineamount regelbedragnetto bedragnetto omzetnetto
            untaxedamount untaxedtotal netturnover nettoverkoopwaarde netinvoicevalue netorderamount nettoumsatz
            nettototaal nettotal"""
        ),
        words(
            """omzet revenue sales turnover umsatz salesamount regelbedrag lineamount linetotal regeltotaal
            orderregelbedrag salesvalue verkoopwaarde verkoopbedrag factuurbedrag invoiceamount omzetbedrag
            extendedprice extendedamount orderbedrag orderamount gmv linevalue factuurwaarde invoicevalue
            orderwaarde ordervalue omzetwaarde revenueamount"""
        ),
        words("bedrag amount waarde value betrag wert subtotaal subtotal"),
        words("totaal total totaalbedrag totalamount totaalprijs totalprice gesamtbetrag lineprice"),
    ),
    "unit_price": (
        words(
            """stukprijs stuksprijs eenheidsprijs unitprice prijsperstuk prijspereenheid priceperunit nettoprijs
            netprice priceeach stuckpreis einzelpreis nettopreis netpr unitnetprice nettostukprijs
            nettounitprice netunitprice lineitemprice priceunit"""
        ),
        words("verkoopprijs salesprice sellingprice verkaufspreis itemprice artikelprijs saleprice"),
        ("prijs", "price", "preis", "tarief"),
    ),
    "cost": (
        words(
            """kostprijstotaal totalekostprijs totaalkostprijs kostprijswaarde kostprijsverkopen cogs
            kostprijsomzet costofsales costofgoodssold linecost regelkosten kostprijsregel wavwr totalcost
            costamount costvalue verrechnungswert verrekenwaarde kostenbedrag extendedcost kostenregel
            inkoopwaarde verrekenprijswaarde totalekosten wareneinsatz costtotal"""
        ),
        ("kosten", "costs", "verrekenprijs"),
        ("kostprijs", "cost", "costprice", "selbstkosten"),
    ),
    "unit_cost": (
        words(
            """kostprijsperstuk kostprijspereenheid stukkostprijs unitcost costperunit unitcostprice
            standaardkostprijs standardcost standaardkosten kostprijsstuk costeach stuckkosten eenheidskostprijs
            kostprijseenheid standardcostprice vaskostprijs"""
        ),
        words("inkoopprijs purchaseprice vvp vasteverrekenprijs einkaufspreis gemiddeldeinkoopprijs"),
    ),
    "currency": (
        words(
            """valuta valutacode currency currencycode munt muntsoort muntcode wahrung waehrung waerk waers
            documentvaluta documentcurrency curr cur isocurrency muntheid"""
        ),
    ),
}

CUSTOMERS: Final[dict[str, Ranks]] = {
    "number": (*_CUSTOMER_NUMBER, ("nummer", "number", "nr", "no", "code", "id", "key")),
    "name": (*_CUSTOMER_NAME[:2], ("naam", "name"), *_CUSTOMER_NAME[2:]),
    "city": (("plaats", "woonplaats", "stad", "city", "town", "ort", "ort01", "vestigingsplaats", "plaatsnaam"),),
    "country": _COUNTRY,
    "segment": (
        words("segment klantsegment customersegment marktsegment marketsegment branche sector industry"),
        ("segmentcode", "branchecode", "kundensegment"),
    ),
    "customer_group": (
        words("klantgroep klantengroep customergroup debiteurgroep debiteurengroep kundengruppe kdgrp"),
        ("groep", "group", "relatiegroep", "accountgroup"),
    ),
    "market_type": (("marktsoort", "markttype", "markettype", "typemarkt"),),
    "seller_code": (*_SELLER_CODE, _SELLER_NAME[0]),
    "territory_code": _TERRITORY,
}

PRODUCTS: Final[dict[str, Ranks]] = {
    "code": (*_PRODUCT_CODE, ("code", "nummer", "number", "nr", "no", "id")),
    "description": (*_PRODUCT_DESCRIPTION[:2], ("naam", "name"), *_PRODUCT_DESCRIPTION[2:]),
    "product_group": _PRODUCT_GROUP,
    "unit": _UNIT,
}

SELLERS: Final[dict[str, Ranks]] = {
    "code": (*_SELLER_CODE, ("code", "nummer", "number", "nr", "no", "id", "initialen")),
    "name": (*_SELLER_NAME[:1], ("naam", "name"), *_SELLER_NAME[1:]),
    "team_code": (("team", "teamcode", "teamnaam", "teamname", "verkoopteam", "salesteam", "manager", "afdeling"),),
    "territory_code": _TERRITORY,
}

_OPPORTUNITY_STEMS: Final = words("kans verkoopkans opportunity deal opp tender aanbesteding")
OPPORTUNITIES: Final[dict[str, Ranks]] = {
    "number": (
        numbered(*_OPPORTUNITY_STEMS),
        ("verkoopkans", "opportunity"),
        ("nummer", "number", "nr", "no", "id", "recordid"),
    ),
    "title": (
        tuple(f"{stem}{word}" for stem in _OPPORTUNITY_STEMS for word in (*_NAME_WORDS, "titel", "title")),
        words("kans deal onderwerp topic titel title subject project projectnaam projectname"),
        words("naam name omschrijving description product artikelgroep productgroep productgroup artikel"),
    ),
    "customer_number": _CUSTOMER_NUMBER,
    "customer_name": _CUSTOMER_NAME,
    "stage": (
        words("fase stage dealstage verkoopfase salesstage opportunitystage stadium pipelinestage kansfase"),
        ("stap", "step", "pipeline"),
        ("status",),
    ),
    "outcome": (words("uitkomst outcome resultaat result wonlost gewonnenverloren"), ("status",)),
    "amount": (
        words(
            """bedrag amount waarde value dealwaarde dealvalue opportunityamount kanswaarde closevalue orderwaarde
            verwachtbedrag verwachteomzet expectedrevenue estimatedrevenue verwachtewaarde geschatteomzet"""
        ),
        words("omzet revenue totaal total"),
    ),
    "opened_on": (
        words(
            """geopendop openedon opendate startdatum startdate begindatum engagedate createdate createddate
            aangemaaktop createdon created createdat datumaangemaakt ingangsdatum sinds since"""
        ),
        ("datum", "date"),
    ),
    "expected_on": (
        words(
            """verwachtesluitdatum verwachtesluitingsdatum verwachteafsluitdatum expectedclosedate expectedclose
            estimatedclosedate verwachtop expectedon expecteddate verwachtedatum verwachteorderdatum beslisdatum
            decisiondate verwachtebeslisdatum"""
        ),
    ),
    "closed_on": (
        words(
            """geslotenop closedon closeddate sluitdatum sluitingsdatum closedate closingdate afsluitdatum
            afgeslotenop gewonnenop besliston actualclosedate beslistop"""
        ),
    ),
    "seller_code": (*_SELLER_CODE[:1], (*_SELLER_CODE[1], "dealowner", "opportunityowner", "verantwoordelijke")),
    "seller_name": _SELLER_NAME,
    "competitor": (words("concurrent competitor concurrentie competition mededinger rival concurrenten competitors"),),
    "reason": (
        words("reden reason redenverlies lossreason verliesreden lostreason redenwinst wonreason redenverloren"),
        words("toelichting closedlostreason closedwonreason"),
    ),
    "market_type": CUSTOMERS["market_type"],
}

KINDS: Final[dict[str, dict[str, Ranks]]] = {
    "sales": SALES,
    "customers": CUSTOMERS,
    "products": PRODUCTS,
    "sellers": SELLERS,
    "opportunities": OPPORTUNITIES,
}
"""The kinds of file that can be read in, with their fields."""
