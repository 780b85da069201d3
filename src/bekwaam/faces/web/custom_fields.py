"""The pages about fields of the company's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.faces.web.forms.custom_field import CustomFieldForm
from bekwaam.frame.sentences import sentence
from bekwaam.records.custom import add_field, change_field
from bekwaam.records.models import CustomField
from bekwaam.terms.errors import Refused


@needs("fields.write")
def custom_fields(request: HttpRequest) -> HttpResponse:
    """Which fields do we add ourselves?"""
    form = CustomFieldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_field(request.actor, form.words())
        except Refused as refused:
            form.add_error("choices" if refused.code == "custom_choices_missing" else "title", sentence(refused))
        else:
            messages.success(request, _("%(title)s is a field now.") % {"title": made})
            return redirect("custom_fields")
    return render(request, "web/custom_fields.html", {"form": form, "fields": list(CustomField.scoped(request.actor))})


@needs("fields.write")
def custom_field(request: HttpRequest, pk: int) -> HttpResponse:
    """What is this field called, and what may stand in it?"""
    field = CustomField.scoped(request.actor).filter(pk=pk).first()
    if field is None:
        raise Http404
    form = CustomFieldForm(request.POST if request.method == "POST" else None, field=field)
    if request.method == "POST" and form.is_valid():
        try:
            change_field(request.actor, field, form.words(field), is_archived=form.cleaned_data["is_archived"])
        except Refused as refused:
            form.add_error("choices" if refused.code == "custom_choices_missing" else "title", sentence(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("custom_fields")
    return render(request, "web/custom_field.html", {"form": form, "field": field})
