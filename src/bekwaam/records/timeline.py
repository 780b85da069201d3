"""What happened to a record, in one stream: each source gives its entries, and the page puts them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bekwaam.access.models import AuditEntry
from bekwaam.access.models.user import Role
from bekwaam.access.scope import system_door
from bekwaam.frame.formats import names_in_list
from bekwaam.records.models import Batch
from bekwaam.terms.actor import Actor

CHANGES_SHOWN: Final = 50
FILES_SHOWN: Final = 5


@dataclass(frozen=True)
class Asked:
    """Whose timeline, for whom; `given` is what the page has read already, by name."""

    kind: str
    record: Any
    key: str
    actor: Actor
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One thing that happened.

    Attributes:
        at: the day, or the moment where that is known.
        kind: what it is called in the stream: order, note, task.
        title: in bold; `text` goes on, `who` stands under it.
    """

    at: date
    kind: str | Promise
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
    is_late: bool = False

    @property
    def moment(self) -> datetime:
        """For the order of the stream: a day without an hour comes before the hours of that day."""
        if isinstance(self.at, datetime):
            return self.at
        return timezone.make_aware(datetime.combine(self.at, time.max))

    @property
    def day(self) -> date:
        """The day, here."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True)
class Source:
    """One kind of entry: its code in the address, its name above the stream, and where its entries come from."""

    code: str
    title: str | Promise
    entries: Callable[[Asked], Iterable[Entry]]


@dataclass(frozen=True)
class Stream:
    """The entries of a record, newest first, and how many there are of each source."""

    entries: list[Entry]
    counts: dict[str, int]


def stream(sources: Iterable[Source], asked: Asked, *, only: str = "", most: int = CHANGES_SHOWN) -> Stream:
    """The entries of all sources, or of one."""
    found = {source.code: list(source.entries(asked)) for source in sources}
    shown = [one for code, entries in found.items() if only in ("", code) for one in entries]
    ordered = sorted(shown, key=lambda one: one.moment, reverse=True)
    return Stream(ordered[:most], {code: len(entries) for code, entries in found.items()})


def changes_of(asked: Asked) -> list[Entry]:
    """What people and files changed in the record. Persons are named by their role."""
    return [*_by_people(asked), *_by_files(asked)]


def _by_people(asked: Asked) -> list[Entry]:
    label, pk = asked.record._meta.label_lower, str(asked.record.pk)
    with system_door():
        found = AuditEntry.objects.filter(object_type=label, object_id=pk).order_by("-pk")[:CHANGES_SHOWN]
        return [_of_audit(entry, asked) for entry in found]


def _of_audit(entry: AuditEntry, asked: Asked) -> Entry:
    done = entry.action.rpartition(".")[2]
    titles = {"made": _("Recorded."), "trashed": _("Thrown away."), "restored": _("Taken out of the trash.")}
    names = _field_names(entry.changes, asked.given.get("titles", {}))
    title = titles.get(done) or (_("Changed: %(names)s.") % {"names": names} if names else _("Changed."))
    return Entry(entry.at, _("change"), title, who=roles_in_words(entry.roles))


def _field_names(changes: dict[str, Any], titles: dict[str, Any]) -> str:
    known = (titles.get(name) or titles.get(name.removesuffix("_id")) for name in changes)
    return names_in_list([str(title) for title in known if title])


def roles_in_words(roles: str) -> str:
    """The roles of whoever did something, as the screen calls them."""
    return names_in_list([str(Role(role).label) for role in roles.split(",") if role in Role.values])


def _by_files(asked: Asked) -> list[Entry]:
    """The file that made the record, and those of the last ones that brought it up to date.

    The page that asks reads the first with the record, and knows whether there is any of the others.
    """
    record = asked.record
    made = [_of_batch(record.created_by, record)] if record.created_by_id else []
    return [*made, *(_of_batch(batch, record) for batch in _later_files(asked))] if record.has_files else made


def _later_files(asked: Asked) -> list[Batch]:
    with system_door():
        newest = (
            Batch.objects.filter(kind=asked.kind, state=Batch.State.DONE).order_by("-pk").values("pk")[:FILES_SHOWN]
        )
        found = Batch.objects.filter(pk__in=newest, report__updated__has_key=asked.key)
        return list(found.exclude(pk=asked.record.created_by_id or 0).defer("report"))


def _of_batch(batch: Batch, record: Any) -> Entry:
    made = batch.pk == record.created_by_id
    title = _("Read in for the first time.") if made else _("Brought up to date by a file.")
    return Entry(batch.made_at, _("file"), title, who=batch.file_name)
