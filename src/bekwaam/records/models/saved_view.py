"""Views on a list that someone saved: the address of the list under a name, for himself or for everyone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class SavedView(ScopedModel):
    """One saved view. Whoever sees it still sees only the rows and columns that his own role allows."""

    list_code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=4000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    personal: ClassVar[dict[str, str]] = {
        "list_code": "none",
        "name": "text",
        "query": "text",
        "owner": "seller",
        "is_shared": "none",
        "is_default": "none",
        "position": "none",
        "made_at": "none",
    }

    is_own = False
    """Whether the reader is its owner; `saved_views.views_of` fills it in."""

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list_code", "owner", "name"], name="one_view_per_name_and_owner"),
            models.UniqueConstraint(
                fields=["list_code", "owner"], condition=Q(is_default=True), name="one_default_view_per_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """One's own, and what others share with everyone."""
        return None if actor.user_id is None else Q(owner_id=actor.user_id) | Q(is_shared=True)

    def as_seen_by(self, actor: Actor) -> Any:
        """The view, knowing whether it is the reader's own."""
        self.is_own = self.owner_id == actor.user_id
        return self
