"""This room's place in the navigation."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.navigation import Room

ROOM = Room(code="cockpit", title=_("This week"), url_name="week", action="cockpit.read")
