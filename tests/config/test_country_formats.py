"""Dates as Dutch and English readers write them."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.mark.parametrize(("language", "expected"), [("nl", "28-02-2026 · 1234,5"), ("en", "28 February 2026 · 1234.5")])
def test_short_dates_and_decimals_follow_the_language(language, expected):
    page = Template('{{ day|date:"SHORT_DATE_FORMAT" }} · {{ number }}')
    with translation.override(language):
        assert page.render(Context({"day": date(2026, 2, 28), "number": 1234.5})) == expected
