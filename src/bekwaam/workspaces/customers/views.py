"""The pages of the customers room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.frame.lists import asked_by_form, list_page
from bekwaam.records.models import Customer
from bekwaam.records.queries import current_run, names_of
from bekwaam.records.saved_views import views_of
from bekwaam.workspaces.customers import queries
from bekwaam.workspaces.customers.lists import customers_of, product_list, slipping_total_of
from bekwaam.workspaces.customers.record import customer_of, customer_page
from bekwaam.workspaces.customers.why import lines_behind_revenue


@needs("customers.read")
def customers(request: HttpRequest) -> HttpResponse:
    """Which customers are slipping away, and every other view on the list."""
    run = queries.run_in_force(request.actor)
    if run is None:
        return render(request, "customers/empty.html")
    company = Company.current()
    definition = customers_of(run, request.actor, home=company.country)
    if (typed := asked_by_form(request.GET, definition)) is not None:
        return redirect(typed.url)
    page = list_page(definition, request.GET, views_of("customers", request.actor), currency=company.currency)
    context = {"run": run, "page": page, "company": company, "total": slipping_total_of(page, run)}
    return render(request, "customers/list.html", context)


@needs("customers.read")
def products(request: HttpRequest) -> HttpResponse:
    """What the company has on offer."""
    definition = product_list(request.actor)
    if (typed := asked_by_form(request.GET, definition)) is not None:
        return redirect(typed.url)
    company = Company.current()
    page = list_page(definition, request.GET, views_of("products", request.actor), currency=company.currency)
    context = {"page": page, "company": company, "groupless": page.views["without-group"].count}
    return render(request, "customers/products.html", context)


@needs("customers.read")
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """One customer beside the list, for a script; without one his own page opens."""
    if not request.htmx:
        return redirect("customer", number)
    record = Customer.scoped(request.actor).select_related("seller", "territory").filter(number=number).first()
    if record is None:
        raise Http404
    run = current_run(request.actor)
    place, of = request.GET.get("place", ""), request.GET.get("of", "")
    context = {
        "run": run,
        "customer": record,
        "reading": queries.reading_of(run, number, request.actor) if run else None,
        "place": int(place) if place.isdecimal() and of.isdecimal() and len(place + of) < 16 else None,
        "of": of,
    }
    return render(request, "customers/preview.html", context)


@needs("customers.read")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """One customer: does he still order in his rhythm?"""
    record = customer_of(number, request.actor)
    if record is None:
        raise Http404
    return render(request, "customers/customer.html", customer_page(request, record))


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
