"""The whole firm as tables, with the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from bekwaam.demo.firm import complaints, events, fairs, invoices, ledger, opportunities, quotes, returns, visits
from bekwaam.demo.firm import customers as buying
from bekwaam.demo.firm import lapses as going
from bekwaam.demo.firm import lines as selling
from bekwaam.demo.firm import order_book as promising
from bekwaam.demo.firm import prices as pricing
from bekwaam.demo.firm import products as stocking
from bekwaam.demo.firm import rhythm as timing
from bekwaam.demo.firm import sellers as hiring
from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import generator
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.portfolios import Portfolios
from bekwaam.demo.firm.truth import Truth, told


@dataclass(frozen=True)
class Company:
    """A firm of three years. The columns of each table stand where it is made; amounts are Decimal(18, 2) in euros.

    Attributes:
        sales: every invoiced line: sales, returns and credits.
        order_book: lines of orders, delivered (the last year) and still to come.
    """

    sellers: pl.DataFrame
    customers: pl.DataFrame
    products: pl.DataFrame
    sales: pl.DataFrame
    invoices: pl.DataFrame
    price_list: pl.DataFrame
    portfolios: pl.DataFrame
    order_book: pl.DataFrame
    quotes: pl.DataFrame
    opportunities: pl.DataFrame
    opportunity_stages: pl.DataFrame
    complaints: pl.DataFrame
    visits: pl.DataFrame
    fairs: pl.DataFrame
    fair_costs: pl.DataFrame
    fair_leads: pl.DataFrame
    ledger: pl.DataFrame
    truth: Truth


@dataclass(frozen=True)
class Trade:
    """What engines are judged by: the products, the sales and the truth of a `Company`, made in half the time."""

    products: pl.DataFrame
    sales: pl.DataFrame
    truth: Truth


@dataclass(frozen=True)
class _Past:
    """What happened, before it becomes tables: deliveries, what was on them, and all invoiced lines."""

    firm: Firm
    moments: timing.Moments
    laden: pl.DataFrame
    numbered: pl.DataFrame
    sales: pl.DataFrame


def trade(seed: int, until: date) -> Trade:
    """The trade of the firm that `company` makes."""
    past = _past(seed, until)
    return Trade(products=past.firm.products.table(), sales=past.sales, truth=told(seed, past.firm, past.sales))


def company(seed: int, until: date) -> Company:
    """The firm of this seed, as known at the end of `until`. The same seed and day give the same firm.

    `until` should be a day on which the firm works; another day simply has no lines.
    """
    draw = partial(generator, seed)
    past = _past(seed, until)
    firm, sales = past.firm, past.sales
    orders = promising.ordered_on(draw("order book"), firm, past.moments, past.laden)
    heads = invoices.invoice_table(draw("payments"), firm, sales)
    held, costs, leads = fairs.tables(draw("fairs"), firm)
    chances, stages = opportunities.tables(draw("opportunities"), firm)
    return Company(
        sellers=hiring.table(firm.sellers),
        customers=buying.table(firm.customers, firm.portfolios.on(firm.calendar.known)),
        products=firm.products.table(),
        sales=sales,
        invoices=heads,
        price_list=pricing.table(firm.products, firm.events, firm.calendar),
        portfolios=firm.portfolios.table(firm.customers, firm.calendar),
        order_book=promising.table(firm, past.laden, orders),
        quotes=quotes.table(draw("quotes"), firm, past.laden, orders),
        opportunities=chances,
        opportunity_stages=stages,
        complaints=complaints.table(draw("complaints"), firm, _deliveries(past.numbered, orders)),
        visits=visits.table(draw("visits"), firm),
        fairs=held,
        fair_costs=costs,
        fair_leads=leads,
        ledger=ledger.table(draw("ledger"), sales, heads, (held, costs), firm.calendar),
        truth=told(seed, firm, sales),
    )


def _past(seed: int, until: date) -> _Past:
    draw = partial(generator, seed)
    firm = _founded(seed, until)
    busy = timing.busyness(firm.customers, firm.lapses, firm.events, firm.calendar)
    ordered = timing.ordered(draw("rhythm"), firm.customers, busy)
    moments = timing.delivered(draw("strike"), ordered, firm.lapses, firm.events, firm.calendar)
    laden = selling.laden(draw("lines"), firm, moments)
    sold = laden.filter(pl.col("day") <= firm.calendar.known)
    back = returns.came_back(draw("returns"), sold, firm.calendar)
    numbered = invoices.numbered(firm, sold, back)
    return _Past(firm, moments, laden, numbered, invoices.line_table(firm, numbered))


def _founded(seed: int, until: date) -> Firm:
    draw = partial(generator, seed)
    calendar = Calendar.to(until)
    happened = events.happened(draw("events"), calendar)
    found = buying.found(draw("customers"), calendar)
    portfolios = Portfolios(found, happened, draw("portfolios"))
    return Firm(
        calendar=calendar,
        sellers=hiring.hired(draw("sellers")),
        products=stocking.stocked(draw("products")),
        customers=found,
        portfolios=portfolios,
        lapses=going.drawn(draw("lapses"), found, portfolios, happened, calendar),
        events=happened,
    )


def _deliveries(numbered: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """One row a delivery: `invoice, customer, day, late`."""
    sold = numbered.filter(pl.col("kind") == "sale").unique("invoice", keep="first", maintain_order=True)
    dated = sold.join(orders, on="order", maintain_order="left")
    return dated.select("invoice", "customer", "day", late=pl.col("day") > pl.col("promised"))
