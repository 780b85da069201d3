"""One server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from server import is_installed, running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of an empty database."""
    if not is_installed():
        pytest.skip("Debian's postgresql is not installed: apt-get install postgresql")
    with running() as address:
        yield address
