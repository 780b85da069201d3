"""Files about a record: a quotation as it was sent, a drawing, a mail that someone filed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.records.models.editable import Editable
from bekwaam.records.owning import writable
from bekwaam.terms.actor import Actor


class StoredFile(Editable):
    """A file about one record, named by its kind and key. Its content lies in the home under a name made here.

    The name that it had is shown and given back, and is never part of a path.
    """

    kind: ClassVar[str] = "files"

    about_kind = models.CharField(max_length=20)
    about_key = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=40, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField(auto_now_add=True)

    personal: ClassVar[dict[str, str]] = {
        "about_kind": "none",
        "about_key": "none",
        "name": "text",
        "stored_as": "none",
        "media_type": "none",
        "size": "none",
        "sha256": "none",
        "added_by": "seller",
        "added_at": "none",
    }

    class Meta:
        ordering = ["-added_at", "-pk"]
        indexes = [models.Index(fields=["about_kind", "about_key"], name="file_by_record")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Every record that has files is read by who reads customers; `records.files` asks the record itself too."""
        return Q() if may(actor, "customers.read") else None

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """What one brought oneself; all of them for who changes all customers."""
        everything = writable(actor)
        if everything is not None and not everything:
            return Q()
        return Q(added_by=actor.key) if may(actor, "notes.write") else None
