"""Every operation of the REST interface has a door, what is refused changes nothing, and its schema is in the docs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from declared_routes import WHO
from django.db import connection, transaction
from django.urls import reverse
from standing_cast import CAST

from bekwaam.access import tokens
from bekwaam.access.models import Denial, SignIn
from bekwaam.faces.api.interface import api, description
from bekwaam.faces.api.urls import urlpatterns

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
OPERATIONS = sorted(api.needed.items())
ARGUMENTS: dict[str, Any] = {
    "number": "C1",
    "code": "P1",
    "level": "country",
    "batch_id": "B0001",
    "upload_id": 1,
    "job_id": 1,
    "pk": 1,
}
UNSAFE = {"POST", "PATCH", "DELETE", "PUT"}


def address(name: str) -> str:
    """The address of an operation; what it names is not there."""
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    return reverse(name, kwargs={part: ARGUMENTS[part] for part in pattern.pattern.converters})


def rows_written() -> int:
    """How many rows this connection wrote, the log tables aside."""
    return int(connection.connection.total_changes) - Denial.objects.count() - SignIn.objects.count()


def test_every_address_has_a_door():
    assert [pattern.name for pattern in urlpatterns if not getattr(pattern.callback, "actions", None)] == []


def test_every_action_of_a_door_is_declared():
    assert {action for _operation, action in OPERATIONS} <= set(WHO)


@pytest.mark.parametrize(("operation", "action"), OPERATIONS, ids=str)
def test_everyone_gets_the_declared_verdict(cast, operation, action):
    name, method = operation
    deviations = []
    for person in ("anonymous", *CAST):
        browser = cast.client(person)
        connection.ensure_connection()
        before = rows_written()
        with transaction.atomic():
            response = browser.generic(method, address(name), content_type="application/json")
            written = rows_written() - before
            transaction.set_rollback(True)
        wanted = {401} if person == "anonymous" else {200, 404, 409, 422} if person in WHO[action] else {403}
        if response.status_code not in wanted or written:
            deviations.append(f"{person}: {response.status_code}, {written} rows written")
        if response.status_code >= 400 and not response["Content-Type"].startswith("application/problem+json"):
            deviations.append(f"{person}: {response['Content-Type']}")
    assert deviations == []


@pytest.mark.parametrize("operation", [one for one, _action in OPERATIONS if one[1] in UNSAFE], ids=" ".join)
def test_a_session_that_writes_needs_the_token_of_the_form(cast, operation):
    name, method = operation
    response = cast.client("admin", enforce_csrf_checks=True).generic(method, address(name))
    assert response.status_code == 403


@pytest.mark.parametrize(("operation", "action"), OPERATIONS, ids=str)
def test_a_token_that_does_not_work_is_not_passed_over_for_the_session(cast, operation, action):
    name, method = operation
    browser = cast.client(sorted(WHO[action])[0])
    response = browser.generic(method, address(name), headers={"authorization": "Bearer bkw_wrong"})
    assert response.status_code == 401


def test_a_token_reaches_as_far_as_its_user(cast, client):
    _token, text = tokens.make(cast.actor("board"), "a script")
    headers = {"authorization": f"Bearer {text}"}
    assert client.get(reverse("api_batches"), headers=headers).status_code == 403
    assert client.get(reverse("api_year_ends", args=["total"]), headers=headers).status_code == 404


def test_the_schema_is_the_one_in_the_docs():
    """Whoever reads a change sees what it does to the interface: `python scripts/openapi.py` writes the snapshot."""
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(json.dumps(description()))
