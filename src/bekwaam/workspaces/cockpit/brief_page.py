"""The brief as one file to keep or send: HTML that needs nothing else, or PDF."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bekwaam.frame.formats import country_name, day, money, month_name, percent
from bekwaam.workspaces.cockpit.brief_text import value_seen
from bekwaam.workspaces.cockpit.labels import RULE_NAMES, TOPIC_NAMES, VERDICTS

HERE = Path(__file__).parent


def html(brief: dict[str, Any]) -> str:
    """The brief as one HTML page without any outside reference."""
    style = (HERE / "documents" / "brief.css").read_text(encoding="utf-8")
    return render_to_string("cockpit/brief.html", {"page": page(brief), "style": style})


def pdf(brief: dict[str, Any]) -> bytes:
    """The brief as PDF, A4."""
    import typst

    told = json.dumps(page(brief), ensure_ascii=False)
    made: bytes = typst.compile(str(HERE / "documents" / "brief.typ"), sys_inputs={"page": told})
    return made


def page(brief: dict[str, Any]) -> dict[str, Any]:
    """The brief with every figure in words, ready to be set: text only."""
    return {
        "language": (get_language() or "en")[:2],
        "title": _("What needs attention this week?"),
        "stand": _("As of %(day)s · data version %(version)d")
        % {"day": day(date.fromisoformat(brief["as_of"])), "version": brief["facts_version"]},
        "sentences": [_sentence(row, brief) for row in brief["sentences"]],
        "tables": [
            table for table in (_slipping(brief), _months(brief), _countries(brief), *_hindsight(brief)) if table
        ],
    }


def _money(amount: str | None, brief: dict[str, Any]) -> str:
    return "–" if amount is None else money(Decimal(amount), brief["currency"], style="whole")


def _sentence(row: dict[str, Any], brief: dict[str, Any]) -> dict[str, str]:
    return {
        "topic": str(TOPIC_NAMES[row["topic"]]),
        "amount": _money(row["amount"], brief) if Decimal(row["amount"] or 0) else "",
        "text": row["text"],
    }


def _table(title: str, head: list[str], rows: list[list[str]], remark: str = "") -> dict[str, Any]:
    return {"title": title, "head": head, "rows": rows, "remark": remark}


def _slipping(brief: dict[str, Any]) -> dict[str, Any] | None:
    if not brief["slipping"]:
        return None
    rows = [
        [
            row["name"],
            _money(row["gross_profit_at_stake"] or row["revenue_at_stake"], brief),
            "–" if row["chance_of_order_90d"] is None else percent(row["chance_of_order_90d"]),
            str(row["days_silent"]),
            "–" if row["own_rhythm_days"] is None else str(round(row["own_rhythm_days"])),
        ]
        for row in brief["slipping"]
    ]
    head = [_("Customer"), _("At stake"), _("Chance of an order in 90 days"), _("Silent, days"), _("Usual, days")]
    return _table(_("Which customers are slipping away?"), head, rows)


def _months(brief: dict[str, Any]) -> dict[str, Any] | None:
    if not brief["forecast"]:
        return None
    rows = [
        [
            month_name(date.fromisoformat(f"{row['month']}-01")),
            _money(row["mean"], brief),
            _money(row["lo80"], brief),
            _money(row["hi80"], brief),
        ]
        for row in brief["forecast"]
    ]
    is_open = any(row["lo80"] is None for row in brief["forecast"])
    remark = _("– means: too little history to check a range.") if is_open else ""
    head = [_("Month"), _("Expected"), _("%(share)s chance: from") % {"share": percent(0.8)}, _("to")]
    return _table(_("What do the coming months bring?"), head, rows, remark)


def _countries(brief: dict[str, Any]) -> dict[str, Any] | None:
    rows = [
        [
            country_name(row["country"]) if row["country"] else (row["country_as_written"] or _("no country")),
            _money(row["revenue"], brief),
        ]
        for row in brief["totals"]["by_country"][:15]
    ]
    year = brief["totals"]["last_12_months"]
    title = _("Revenue by country, twelve months")
    if not year["is_covered"]:
        title = _("Revenue by country, since %(since)s") % {"since": day(date.fromisoformat(year["covered_from"]))}
    return _table(title, [_("Country"), _("Revenue")], rows) if rows else None


def _hindsight(brief: dict[str, Any]) -> list[dict[str, Any]]:
    found = brief["hindsight"]
    if found is None or found["status"] != "ok":
        return []
    rules = [
        [
            str(RULE_NAMES[rule["rule"]]),
            str(rule["named"]),
            str(rule["seen"]),
            str(rule["missed"]),
            str(rule["for_nothing"]),
            _money(rule["value_seen"], brief),
        ]
        for rule in found["rules"]
    ]
    head = [_("Method"), _("Named"), _("Seen"), _("Missed"), _("For nothing"), value_seen(found)]
    title = _("Would we have seen this six months ago?")
    tables = [_table(title, head, rules, str(VERDICTS[found["verdict"]]))]
    measure = _("Gross profit") if found["measure"] == "gross_profit" else _("Revenue")
    titles = {"seen": _("Seen, and left:"), "missed": _("Not seen, and left:"), "for_nothing": _("Named, and stayed:")}
    for group, heading in titles.items():
        rows = [[row["name"], _money(row["value_year"], brief)] for row in found["customers"][group][:20]]
        if rows:
            tables.append(_table(heading, [_("Customer"), measure], rows))
    return tables
