"""The pages of the customers room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bekwaam.access.doors import needs
from bekwaam.records.models import Customer
from bekwaam.records.queries import current_run, names_of
from bekwaam.workspaces.customers import queries
from bekwaam.workspaces.customers.listing import listing
from bekwaam.workspaces.customers.why import lines_behind_revenue, orders_of


@needs("customers.read")
def customers(request: HttpRequest) -> HttpResponse:
    """Which customers are slipping away, and every other view on the list."""
    run = current_run(request.actor)
    if run is None:
        return render(request, "customers/empty.html")
    found = listing(run, request.actor, request.GET)
    return render(request, "customers/list.html", {"run": run, "listing": found, "total": found.total})


@needs("customers.read")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """One customer: does he still order in his rhythm?"""
    record = Customer.scoped(request.actor).select_related("seller", "territory").filter(number=number).first()
    if record is None:
        raise Http404
    run = current_run(request.actor)
    reading = queries.reading_of(run, number, request.actor) if run else None
    context = {
        "run": run,
        "customer": record,
        "reading": reading,
        "orders": orders_of(run, number, request.actor) if run else [],
        "retention": queries.retention_of(run, request.actor) if run else None,
        "worth": reading.worth_for(request.actor) if reading else None,
        "loss": reading.loss_for(request.actor) if reading else None,
    }
    return render(request, "customers/customer.html", context)


@needs("customers.read")
def lines(request: HttpRequest, number: str) -> HttpResponse:
    """The very order lines behind this customer's revenue."""
    record = Customer.scoped(request.actor).filter(number=number).first()
    run = current_run(request.actor)
    if record is None or run is None:
        raise Http404
    page = request.GET.get("page", "1")
    why = lines_behind_revenue(run, number, request.actor, page=int(page) if page.isdecimal() else 1)
    products = names_of("products", {line["product_code"] for line in why.lines if line["product_code"]}, request.actor)
    for line in why.lines:
        line["product"] = products.get(line["product_code"], "")
    return render(request, "customers/lines.html", {"run": run, "customer": record, "why": why})
