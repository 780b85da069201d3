"""This room's place in the navigation."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.navigation import Room

ROOM = Room(code="data", title=_("Data"), url_name="data", action="imports.read")
