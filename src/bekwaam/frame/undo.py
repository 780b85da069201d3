"""Say that something is done, and offer to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """A message on the next page; with `undo_url` it has a button that posts there.

    The address travels in the message's tags, because a message carries nothing else.
    """
    messages.success(request, text, extra_tags=undo_url)
