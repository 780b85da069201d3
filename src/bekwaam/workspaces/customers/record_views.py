"""The pages of one record: a product, a field of either, and the way into the trash."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.frame.undo import done
from bekwaam.records import editing
from bekwaam.records.record_fields import RecordField, by_code
from bekwaam.workspaces.customers.edited import Edited, edit
from bekwaam.workspaces.customers.fields import customer_fields, product_fields
from bekwaam.workspaces.customers.record import customer_of, product_of, product_page, shown


@needs("customers.read")
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product: what does it bring, and from whom?"""
    record = _found(product_of(code, request.actor))
    return render(request, "customers/product.html", product_page(request, record))


@needs("customers.write")
def customer_edit(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """One field of a customer."""
    record = _found(customer_of(number, request.actor))
    one = _found(by_code(customer_fields(request.actor), field))
    return edited(request, record, one, back=reverse("customer", args=[number]))


@needs("customers.write")
def product_edit(request: HttpRequest, code: str, field: str) -> HttpResponse:
    """One field of a product."""
    record = _found(product_of(code, request.actor))
    one = _found(by_code(product_fields(request.actor), field))
    return edited(request, record, one, back=reverse("product", args=[code]))


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record


def edited(request: HttpRequest, record: Any, field: RecordField, *, back: str) -> HttpResponse:
    """The form on GET; on POST what came of it: a fragment for a script, the record for who has none."""
    came = edit(request, record, field) if request.method == "POST" else Edited(record)
    if request.htmx:
        return render(request, "customers/_edited.html", _context(request, field, came, back))
    if request.method == "POST" and not (came.error or came.clash):
        if came.is_saved:
            messages.success(request, _("Saved."))
        return redirect(back)
    return render(request, "customers/edit.html", _context(request, field, came, back))


def _context(request: HttpRequest, field: RecordField, came: Edited, back: str) -> dict[str, Any]:
    is_open = request.method == "GET" or bool(came.error or came.clash)
    choices = list(field.choices()) if is_open and field.choices else None
    return {
        "record": came.record,
        "field": {**shown(field, came.record, request.path), "choices": choices},
        "came": came,
        "is_open": is_open,
        "back": back,
    }


@needs("customers.write")
def customer_trash(request: HttpRequest, number: str) -> HttpResponse:
    """Into the trash, and how to take that back."""
    return thrown_away(request, customer_of(number, request.actor), page="customer", key=number, to="customers")


@needs("customers.write")
def product_trash(request: HttpRequest, code: str) -> HttpResponse:
    """Into the trash, and how to take that back."""
    return thrown_away(request, product_of(code, request.actor), page="product", key=code, to="products")


def thrown_away(request: HttpRequest, record: Any, *, page: str, key: str, to: str) -> HttpResponse:
    """Into the trash on POST, with the undo in the message."""
    _found(record)
    if request.method != "POST":
        return redirect(page, key)
    thrown = editing.to_trash(request.actor, record)
    undo_url = reverse("trash_restore", args=[record.kind, thrown.pk])
    done(request, _("%(name)s lies in the trash.") % {"name": thrown}, undo_url=undo_url)
    return redirect(to)
