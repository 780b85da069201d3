"""The rooms before anything was read in."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_before_the_first_file_every_room_says_what_to_do() -> None:
    from bekwaam.access import actions

    roles = ("leader", "inside_sales")
    user = actions.create_user(actions.Person(email="leader@example.test", name="leader"), roles=roles)
    client = Client()
    client.force_login(user)
    for page in ("/", "/customers/", "/forecasts/", "/data/", "/half-year-ago/"):
        response = client.get(page)
        assert response.status_code == 200
        assert "/data/import/" in response.content.decode()
