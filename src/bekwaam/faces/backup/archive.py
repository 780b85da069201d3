"""Reading a backup: every byte is checked against the manifest before anything is believed."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bekwaam.faces.backup.manifest import CHUNK_BYTES, NAME, Entry, Hashing, Manifest
from bekwaam.facts.durable import sync_file, sync_folder
from bekwaam.terms.errors import Refused

LARGEST_MANIFEST = 256 << 20


class DamagedError(Exception):
    """This part is not what it should be."""


def read_whole(file: Path) -> Manifest:
    """The manifest of a backup of which every file is there, no other, and each as it was.

    Raises:
        Refused: `backup_damaged`, with the first part that is not right.
    """
    with _opened(file) as (manifest, archive, members):
        for entry in manifest.files:
            content = Hashing(_content(archive, members[entry.name]))
            content.read_all()
            _must_match(content, entry)
    return manifest


def unpack(file: Path, folder: Path) -> Manifest:
    """Put the files of a backup into an empty folder and force them to the disk.

    Raises:
        Refused: `backup_damaged`.
    """
    with _opened(file) as (manifest, archive, members):
        for entry in manifest.files:
            target = folder / entry.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = Hashing(_content(archive, members[entry.name]))
            _copy(content, target)
            _must_match(content, entry)
    _sync(folder, manifest)
    return manifest


def _sync(folder: Path, manifest: Manifest) -> None:
    files = [folder / entry.name for entry in manifest.files]
    for file in files:
        sync_file(file)
    for each in {parent for file in files for parent in file.parents if parent.is_relative_to(folder)}:
        sync_folder(each)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Manifest, tarfile.TarFile, dict[str, tarfile.TarInfo]]]:
    try:
        with tarfile.open(file, mode="r:") as archive:
            members = _members(archive)
            manifest = _manifest(archive, members)
            if {entry.name for entry in manifest.files} != set(members) - {NAME}:
                raise DamagedError(NAME)
            yield manifest, archive, members
    except DamagedError as error:
        raise Refused("backup_damaged", file=file.name, part=str(error)) from error
    except (tarfile.TarError, EOFError) as error:
        raise Refused("backup_damaged", file=file.name, part=str(error)) from error


def _members(archive: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Plain files only, each once: no link may lead outside, no second member may take a checked one's place."""
    members: dict[str, tarfile.TarInfo] = {}
    for member in archive:
        if not member.isreg() or member.name in members:
            raise DamagedError(member.name)
        members[member.name] = member
    return members


def _manifest(archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> Manifest:
    if NAME not in members or members[NAME].size > LARGEST_MANIFEST:
        raise DamagedError(NAME)
    try:
        return Manifest.from_bytes(_content(archive, members[NAME]).read())
    except ValueError as error:
        raise DamagedError(NAME) from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> tarfile.ExFileObject:
    content = archive.extractfile(member)
    if not isinstance(content, tarfile.ExFileObject):
        raise DamagedError(member.name)
    return content


def _copy(content: Hashing, target: Path) -> None:
    with target.open("xb") as out:
        target.chmod(0o600)
        while chunk := content.read(CHUNK_BYTES):
            out.write(chunk)


def _must_match(content: Hashing, entry: Entry) -> None:
    if (content.size, content.sha256) != (entry.size, entry.sha256):
        raise DamagedError(entry.name)
