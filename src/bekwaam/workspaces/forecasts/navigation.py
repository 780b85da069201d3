"""This room's place in the navigation."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.navigation import Room

ROOM = Room(code="forecasts", title=_("Forecasts"), url_name="forecasts", action="forecasts.read")
