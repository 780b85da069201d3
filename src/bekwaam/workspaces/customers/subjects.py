"""What a note or a task is about, as addresses name it: a customer, a product or an opportunity, by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from bekwaam.records.editables import EDITABLES
from bekwaam.terms.actor import Actor

KINDS: Final = {"customer": "customers", "product": "products", "opportunity": "opportunities"}
"""The word in an address → the kind of record."""


def subject_of(named: Mapping[str, str], actor: Actor) -> Any:
    """The record that an address names; None when it names none.

    Raises:
        Http404: there is no such record that the actor may read.
    """
    for word, kind in KINDS.items():
        if named.get(word):
            found = EDITABLES[kind].find(named[word], actor)
            if found is None:
                raise Http404
            return found
    return None


def page_of(subject: Any) -> str:
    """The address of its page."""
    how = EDITABLES[subject.kind]
    return reverse(how.url_name, args=[getattr(subject, how.key)])


def query_of(subject: Any) -> str:
    """What an address says to name it: `customer=104310`."""
    how = EDITABLES[subject.kind]
    return urlencode({subject._meta.model_name: getattr(subject, how.key)})
