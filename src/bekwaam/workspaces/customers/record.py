"""What the page of one customer or one product shows, gathered for one reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.access.models import Company
from bekwaam.frame.formats import day, money, whole_number
from bekwaam.frame.lists import ListDefinition
from bekwaam.frame.lists.neighbours import Place, place_in_list, query_of_list
from bekwaam.records.custom import fields_of
from bekwaam.records.files import files_of
from bekwaam.records.models import Batch, Customer, Editable, Product
from bekwaam.records.record_fields import RecordField
from bekwaam.records.timeline import Asked, Source, Stream, stream
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers import queries
from bekwaam.workspaces.customers.fields import customer_fields, product_fields
from bekwaam.workspaces.customers.lists import customers_of, product_list
from bekwaam.workspaces.customers.product_figures import figures_of
from bekwaam.workspaces.customers.related import promises_of
from bekwaam.workspaces.customers.timeline import CUSTOMER, PRODUCT
from bekwaam.workspaces.customers.why import orders_of

SHOWN: Final = 50


def customer_of(number: str, actor: Actor) -> Customer | None:
    """The customer with his seller and territory, knowing whether the reader may change him."""
    rows = Customer.scoped(actor).select_related("seller", "territory", "created_by")
    return _with_pen(rows, Customer, actor).filter(number=number).first()


def product_of(code: str, actor: Actor) -> Product | None:
    """The product, knowing whether the reader may change it."""
    return _with_pen(Product.scoped(actor).select_related("created_by"), Product, actor).filter(code=code).first()


def _with_pen(rows: QuerySet[Any], model: type[Editable], actor: Actor) -> QuerySet[Any]:
    """In the same question: whether the reader may change it, and whether files of its kind were ever read in."""
    writing = model.writing(actor)
    pen = ExpressionWrapper(writing, output_field=BooleanField()) if writing else Value(writing is not None)
    files = Batch._base_manager.filter(kind=model.kind, state=Batch.State.DONE)
    return rows.annotate(may_write=pen, has_files=Exists(files)).defer("created_by__report")


def customer_page(request: HttpRequest, customer: Any) -> dict[str, Any]:
    """Everything on the page of a customer."""
    actor, company = request.actor, Company.current()
    run = queries.run_in_force(actor)
    reading = queries.reading_of(run, customer.number, actor) if run else None
    own = fields_of("customers", actor)
    fields = customer_fields(actor, own)
    asked = Asked("customers", customer, customer.number, actor, given=_given(fields, company))
    asked.given["orders"] = orders_of(run, customer.number, actor, limit=200) if run and reading else []
    definition = customers_of(run, actor, home=company.country, own=own) if run else None
    return {
        "run": run,
        "company": company,
        "customer": customer,
        "reading": reading,
        "worth": reading.worth_for(actor) if reading else None,
        "loss": reading.loss_for(actor) if reading else None,
        "facts": _customer_facts(customer, reading, actor, company.currency),
        "place": _place(request, definition, customer.number),
        **promises_of(asked),
        **_shared(request, asked, fields, CUSTOMER, url_names=("customer", "customer_edit")),
    }


def product_page(request: HttpRequest, product: Any) -> dict[str, Any]:
    """Everything on the page of a product."""
    actor, company = request.actor, Company.current()
    run = queries.run_in_force(actor)
    own = fields_of("products", actor)
    fields = product_fields(actor, own)
    asked = Asked("products", product, product.code, actor, given=_given(fields, company))
    return {
        "run": run,
        "company": company,
        "product": product,
        "figures": figures_of(run, product.code, actor, company.currency) if run else None,
        "place": _place(request, product_list(actor, own=own), product.code),
        **promises_of(asked),
        **_shared(request, asked, fields, PRODUCT, url_names=("product", "product_edit")),
    }


def _given(fields: Iterable[RecordField], company: Company) -> dict[str, Any]:
    return {"titles": {field.name: field.title for field in fields}, "currency": company.currency}


def _shared(
    request: HttpRequest, asked: Asked, fields: list[RecordField], sources: tuple[Source, ...], *, url_names: Any
) -> dict[str, Any]:
    page, edit = url_names
    only = next((source.code for source in sources if source.code == request.GET.get("kind")), "")
    found = stream(sources, asked, only=only, most=SHOWN)
    address = reverse(page, args=[asked.key])
    return {
        "fields": [shown(field, asked.record, reverse(edit, args=[asked.key, field.code])) for field in fields],
        "timeline": found.entries,
        "filters": filters_of(sources, found, only, address),
        "files": files_of(asked.kind, asked.key, asked.actor),
        "about": asked,
    }


def shown(field: RecordField, record: Any, url: str) -> dict[str, Any]:
    """A field as its template takes it."""
    value = field.value(record)
    return {
        "id": f"field-{field.code}",
        "label": field.title,
        "value": "" if value is None else field.words(value),
        "typed": "" if value is None else field.typed(value),
        "seen": record.version,
        "url": url,
        "sort": field.sort,
        "asks_first": field.choices is not None,
    }


def filters_of(sources: Iterable[Source], found: Stream, only: str, address: str) -> list[dict[str, Any]]:
    """Above the stream: everything, and each kind that has any."""
    total = {"title": _("Timeline"), "count": sum(found.counts.values()), "url": f"{address}#timeline"}
    each = [
        {
            "title": source.title,
            "count": found.counts[source.code],
            "url": f"{address}?kind={source.code}#timeline",
            "is_current": only == source.code,
        }
        for source in sources
        if found.counts[source.code]
    ]
    return [{**total, "is_current": not only}, *each]


def _place(request: HttpRequest, definition: ListDefinition | None, key: str) -> Place | None:
    """Where the record stands in the list that its reader came from."""
    if definition is None:
        return None
    query = query_of_list(request.GET, request.headers.get("Referer", ""), definition.url)
    return place_in_list(definition, query, key)


def _customer_facts(customer: Any, reading: Any, actor: Actor, currency: str) -> list[dict[str, Any]]:
    """The strip: only what is known."""
    if reading is None:
        return []
    lines = reverse("customer_lines", args=[customer.number])
    facts: list[dict[str, Any]] = [
        {"label": _("Revenue a year"), "value": money(reading.revenue_year, currency, style="whole"), "url": lines},
        {
            "label": _("Last order"),
            "value": day(reading.last_order),
            "remark": _days(reading.days_silent),
            "late": reading.is_slipping,
        },
    ]
    if actor.sees_cost and reading.gross_profit_year is not None:
        profit = money(reading.gross_profit_year, currency, style="whole")
        facts.insert(0, {"label": _("Gross profit a year"), "value": profit})
    if customer.seller:
        facts.append({"label": _("Looked after by"), "value": str(customer.seller)})
    return facts


def _days(count: int) -> str:
    return ngettext("%(words)s day", "%(words)s days", count) % {"words": whole_number(count)}
