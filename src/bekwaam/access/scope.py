"""The one door to rows: inside a request only `Model.scoped(actor)` reads a table.

A page that forgets whose eyes it serves is the most common leak there is. So the default manager refuses to work
while a request is being answered. Jobs and the command line run outside requests; an action that must see every
row to do its work (a uniqueness check, a chain of entries) opens `system_door()` for exactly those lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from bekwaam.terms.actor import Actor

_in_request: ContextVar[bool] = ContextVar("in_request", default=False)


class UnscopedRead(RuntimeError):  # noqa: N818  named for what happened
    """A table was read inside a request without saying for whom."""


@contextmanager
def request_door() -> Iterator[None]:
    """Inside: rows are reached through `Model.scoped(actor)` only. The middleware wraps each request in it."""
    token = _in_request.set(True)
    try:
        yield
    finally:
        _in_request.reset(token)


@contextmanager
def system_door() -> Iterator[None]:
    """Inside: the installation itself is at work, and sees every row, even while a request is being answered."""
    token = _in_request.set(False)
    try:
        yield
    finally:
        _in_request.reset(token)


class DoorManager(models.Manager[Any]):
    """A manager that refuses to work inside a request."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """All rows, outside requests.

        Raises:
            UnscopedRead: inside a request.
        """
        if _in_request.get():
            raise UnscopedRead(f"{self.model.__name__}: use {self.model.__name__}.scoped(actor) inside a request")
        return super().get_queryset()


class ScopedModel(models.Model):
    """The base of every table of ours: whose rows may be read is written beside its columns.

    Each model says in `personal` which of its fields tell something about a person (see `access.personal`),
    and in `reach` which rows an actor may read.
    """

    personal: ClassVar[dict[str, str]] = {}

    objects = DoorManager()

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """The condition that the rows this actor may read meet: `Q()` for all, None for none."""
        raise NotImplementedError(f"{cls.__name__}.reach is not written")

    @classmethod
    def scoped(cls, actor: Actor) -> models.QuerySet[Self]:
        """The rows that this actor may read."""
        rows = cls._base_manager.get_queryset()
        reach = cls.reach(actor)
        return rows.none() if reach is None else rows.filter(reach)
