"""The forms of an opportunity: a new one, another stage, and who works on it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.records import stages
from bekwaam.records.models import Customer, Opportunity, Seller
from bekwaam.terms.actor import Actor

MOST_SELLERS: Final = 6


def _date(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class NewForm(forms.Form):
    """What somebody may buy."""

    customer = forms.CharField(label=_("Customer number"), max_length=60)
    title = forms.CharField(label=_("What is it about?"), max_length=200)
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=13, decimal_places=2, required=False, localize=True
    )
    expected_on = forms.DateField(label=_("Expected to close on"), required=False, widget=_date())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_customer(self) -> Customer:
        """The customer with this number."""
        found = (
            Customer.scoped(self.actor).select_related("seller").filter(number=self.cleaned_data["customer"]).first()
        )
        if found is None:
            raise forms.ValidationError(_("We know no customer with this number. Look it up with Ctrl K."))
        return found


class StageForm(forms.Form):
    """Another stage, since when, and why."""

    stage = forms.ChoiceField(label=_("Stage"))
    on = forms.DateField(label=_("Since"), required=False, widget=_date())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("For what is won or lost: why?")
    )

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        some = stages.choices(opportunity.market_type)
        self.fields["stage"].choices = some  # type: ignore[attr-defined]


class SellersForm(forms.Form):
    """Who works on it, each with a share of a hundred; shares left empty are equal."""

    def __init__(self, *args: Any, actor: Actor, shares: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = sorted(((one.code, str(one)) for one in Seller.scoped(actor)), key=lambda pair: pair[1].lower())
        given = [*shares.items(), *[("", "")] * MOST_SELLERS][:MOST_SELLERS]
        for place, (code, share) in enumerate(given, start=1):
            self.fields[f"seller_{place}"] = forms.ChoiceField(
                label=_("Seller"), choices=[("", "–"), *every], required=False, initial=code
            )
            self.fields[f"share_{place}"] = forms.IntegerField(
                label=_("Share"), min_value=1, max_value=100, required=False, initial=share
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Seller and share, side by side."""
        return [(self[f"seller_{place}"], self[f"share_{place}"]) for place in range(1, MOST_SELLERS + 1)]

    def shares(self) -> dict[str, int | None]:
        """What was chosen."""
        found = {}
        for place in range(1, MOST_SELLERS + 1):
            if code := self.cleaned_data.get(f"seller_{place}"):
                found[code] = self.cleaned_data.get(f"share_{place}")
        return found
