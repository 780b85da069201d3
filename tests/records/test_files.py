"""Files kept with a record: what may be kept is decided by content, and nobody gets at them around the record."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from bekwaam.records import editing, files
from bekwaam.records.attached_kind import kept_as, safe_name
from bekwaam.records.models import Customer, StoredFile
from bekwaam.terms.errors import Refused

PDF = b"%PDF-1.7\n1 0 obj\n"


def zipped(*parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return kept.getvalue()


@pytest.fixture
def hoogwerve(db: None) -> Customer:
    return Customer.objects.create(number="1001", name="Hoogwerve")


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, ".pdf"),
        (b"\x89PNG\r\n\x1a\nrest", ".png"),
        (b"\xff\xd8\xff\xe0rest", ".jpg"),
        (zipped("xl/workbook.xml"), ".xlsx"),
        (zipped("word/document.xml"), ".docx"),
        (b"number;name\n1;Hoogwerve\n", ".txt"),
        (b"From: a@example.test\nSubject: order\n\n<p>in a mail</p>\n", ".eml"),
    ],
)
def test_what_people_send_each_other_is_kept(content: bytes, ending: str) -> None:
    assert kept_as(io.BytesIO(content), "a file").endings[0] == ending


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<!DOCTYPE html><script>1</script>", "attachment_is_markup"),
        (b"hello\n<svg onload=alert(1)>", "attachment_is_markup"),
        (b"<?xml version='1.0'?><svg/>", "attachment_is_markup"),
        (b"MZ\x90\x00", "attachment_is_program"),
        (b"#!/bin/sh\nls", "attachment_is_program"),
        (zipped("xl/workbook.xml", "xl/vbaProject.bin"), "attachment_with_macros"),
        (zipped("notes.txt"), "attachment_is_archive"),
        (b"PK\x03\x04torn", "attachment_is_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment_is_old_office"),
        (b"text and then\x00\x01", "attachment_is_unknown"),
    ],
)
def test_what_could_run_or_says_nothing_is_refused_whatever_its_name(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        kept_as(io.BytesIO(content), "quotation.pdf")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\offer.PDF", "offer.PDF"),
        ("offer\u202efdp.exe", "offerfdp.exe.pdf"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 190 + ".pdf"),
    ],
)
def test_a_name_holds_no_folder_nothing_unseen_and_the_ending_of_its_content(name: str, shown: str) -> None:
    assert safe_name(name, kept_as(io.BytesIO(PDF), name)) == shown


def test_a_file_is_kept_under_a_name_made_here(hoogwerve: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    kept = files.keep(leader, "customers", hoogwerve, SimpleUploadedFile("../offer.pdf", PDF))
    path = files.path_of(kept.stored_as)
    assert (path.read_bytes(), kept.name, "offer" in str(path)) == (PDF, "offer.pdf", False)
    assert (oct(path.stat().st_mode & 0o777), files.files_of("customers", "1001", leader)) == ("0o600", [kept])


def test_a_file_that_is_too_large_is_refused(hoogwerve: Customer, cast: Any) -> None:
    upload = SimpleUploadedFile("offer.pdf", PDF)
    upload.size = 26 * files.MB
    with pytest.raises(Refused) as caught:
        files.keep(cast.actor("leader"), "customers", hoogwerve, upload)
    assert (caught.value.code, StoredFile.objects.count()) == ("file_too_large", 0)


def test_who_may_not_write_keeps_nothing(hoogwerve: Customer, cast: Any) -> None:
    with pytest.raises(PermissionDenied):
        files.keep(cast.actor("board"), "customers", hoogwerve, SimpleUploadedFile("offer.pdf", PDF))


def test_a_file_goes_with_its_record_and_comes_back_with_it(hoogwerve: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    kept = files.keep(leader, "customers", hoogwerve, SimpleUploadedFile("offer.pdf", PDF))
    editing.to_trash(leader, hoogwerve)
    assert files.file_of(kept.pk, leader) is None
    editing.restore(leader, hoogwerve)
    assert files.file_of(kept.pk, leader) == kept


def test_who_brought_a_file_throws_it_away_and_others_who_change_only_their_own_do_not(
    hoogwerve: Customer, cast: Any
) -> None:
    kept = files.keep(cast.actor("marketer"), "customers", hoogwerve, SimpleUploadedFile("offer.pdf", PDF))
    with pytest.raises(PermissionDenied):
        editing.to_trash(cast.actor("colleague"), kept)
    editing.to_trash(cast.actor("marketer"), kept)
    assert files.files_of("customers", "1001", cast.actor("leader")) == []
    assert files.path_of(kept.stored_as).exists()
