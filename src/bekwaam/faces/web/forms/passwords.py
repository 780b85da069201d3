"""Forms in which a password is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from bekwaam.access.actions import Person
from bekwaam.access.models import User

LONGEST_PASSWORD = 256


def password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A field for a password; its value is never sent back."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = password_field(
        _("New password"),
        autocomplete="new-password",
        help_text=_("At least 12 characters; a short sentence works well."),
    )
    again = password_field(_("The same password again"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both are equal, long enough and not a password that everyone knows."""
        cleaned: dict[str, Any] = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        elif password:
            self._check(password)
        return cleaned

    def _check(self, password: str) -> None:
        try:
            validate_password(password, self.user)
        except forms.ValidationError as error:
            self.add_error("password", error)


class FirstAdminForm(NewPasswordForm):
    """Who the first administrator is."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    leads_sales = forms.BooleanField(
        label=_("I lead sales as well"),
        help_text=_("Then you see customers, forecasts, cost and gross profit, besides users and settings."),
        required=False,
        initial=True,
    )
    field_order = ("email", "name", "password", "again", "leads_sales")

    @property
    def person(self) -> Person:
        """Who it is."""
        return Person(email=self.cleaned_data["email"], name=self.cleaned_data["name"])


class ChangePasswordForm(NewPasswordForm):
    """A new password, by someone who knows the present one."""

    present = password_field(_("Present password"), autocomplete="current-password")
    field_order = ("present", "password", "again")

    def clean_present(self) -> str:
        """The present password, which must be right."""
        present: str = self.cleaned_data["present"]
        if self.user is None or not self.user.check_password(present):
            raise forms.ValidationError(_("This is not your present password. Type the one you signed in with."))
        return present
