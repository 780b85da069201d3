"""This room's place in the navigation."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.navigation import Room

ROOM = Room(code="customers", title=_("Customers"), url_name="customers", action="customers.read")
