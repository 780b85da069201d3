"""Messages for the next page travel in a cookie: reading one changes nothing in the database."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessageCookie(CookieStorage):
    """The cookie of the messages, under the name that suits the installation's address."""

    cookie_name = settings.MESSAGE_COOKIE_NAME
