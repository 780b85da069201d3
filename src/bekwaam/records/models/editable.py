"""What a person can change and throw away: with a version against overwriting each other, and with a way back."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class Editable(ScopedModel):
    """The base of what people edit. `records.editing` is the one that changes, throws away and restores.

    A model says in `kind` what addresses and the audit log call it, in `reach` who may read which rows, and in
    `writing` who may change which.
    """

    kind: ClassVar[str] = ""

    version = models.PositiveIntegerField(default=1)
    touched_at = models.DateTimeField(null=True)
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.CharField(max_length=40, blank=True)

    personal: ClassVar[dict[str, str]] = {
        "version": "none",
        "touched_at": "none",
        "trashed_at": "none",
        "trashed_by": "seller",
    }

    class Meta:
        abstract = True

    @classmethod
    def scoped(cls, actor: Actor) -> models.QuerySet[Self]:
        """The rows that this actor may read and nobody threw away."""
        return super().scoped(actor).filter(trashed_at__isnull=True)

    @classmethod
    def trash(cls, actor: Actor) -> models.QuerySet[Self]:
        """The rows in the trash that this actor may take out of it again, the latest first."""
        writing = cls.writing(actor)
        rows = super().scoped(actor).filter(trashed_at__isnull=False)
        return (rows.none() if writing is None else rows.filter(writing)).order_by("-trashed_at", "-pk")

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """The condition that the rows this actor may change meet: `Q()` for all, None for none."""
        raise NotImplementedError(f"{cls.__name__}.writing is not written")


class Customised(models.Model):
    """Holds the values of the fields that a company adds itself: code of the `CustomField` → value."""

    custom = models.JSONField(default=dict, blank=True)

    personal: ClassVar[dict[str, str]] = {"custom": "text"}

    class Meta:
        abstract = True
