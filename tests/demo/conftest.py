"""One firm for all stories about it."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.demo.firm import Company, company

UNTIL = date(2026, 9, 18)


@pytest.fixture(scope="session")
def firm() -> Company:
    """The firm of seed 1, as known on a Friday in September."""
    return company(1, UNTIL)
