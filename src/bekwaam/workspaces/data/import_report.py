"""What came of an import, in sentences for a terminal: what went in, what did not and why, what to do now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.access.models import Company
from bekwaam.frame.formats import day, money, percent, whole_number
from bekwaam.terms.money import share
from bekwaam.workspaces.data.answering import answered
from bekwaam.workspaces.data.outcome import Outcome
from bekwaam.workspaces.data.question_words import answer_in_words
from bekwaam.workspaces.data.remarks import remarks

REFUSALS_SHOWN = 10


def report(outcome: Outcome) -> Iterator[str]:
    """The outcome in the active language, one sentence a line."""
    yield from _questions(outcome)
    if outcome.sentence:
        yield outcome.sentence
    if outcome.rows_refused:
        yield from _refusals(outcome)
    if outcome.already_in:
        yield _already_in(outcome)
        return
    if outcome.is_stopped:
        yield _("Nothing has been stored.")
        return
    yield _read_in(outcome)
    yield from _remarks(outcome)


def _already_in(outcome: Outcome) -> str:
    if outcome.batch:
        return _("This very file is in already, as %(batch)s. Nothing has changed.") % {"batch": outcome.batch}
    if outcome.rows_refused:
        return _("Every line that can go in is in already. Nothing has changed.")
    return _("Every line of this file is in already. Nothing has changed.")


def _read_in(outcome: Outcome) -> str:
    values = {
        "lines": whole_number(outcome.rows_to_import if outcome.dry_run else outcome.rows_imported),
        "read": whole_number(outcome.rows_read),
        "revenue": money(outcome.revenue, Company.current().currency),
        "batch": outcome.batch or "",
        "version": outcome.facts_version,
    }
    if outcome.kind != "sales":
        return _read_in_parties(outcome, values)
    if outcome.dry_run:
        template = ngettext(
            "%(lines)s of %(read)s line can go in, %(revenue)s. Nothing has been stored: this was a dry run.",
            "%(lines)s of %(read)s lines can go in, %(revenue)s. Nothing has been stored: this was a dry run.",
            outcome.rows_read,
        )
        return template % values
    template = ngettext(
        "%(lines)s of %(read)s line read in, %(revenue)s, as %(batch)s (data version %(version)d).",
        "%(lines)s of %(read)s lines read in, %(revenue)s, as %(batch)s (data version %(version)d).",
        outcome.rows_read,
    )
    return template % values


def _read_in_parties(outcome: Outcome, values: dict[str, Any]) -> str:
    if outcome.dry_run:
        template = ngettext(
            "%(lines)s of %(read)s line can go in. Nothing has been stored: this was a dry run.",
            "%(lines)s of %(read)s lines can go in. Nothing has been stored: this was a dry run.",
            outcome.rows_read,
        )
        return template % values
    counts = {
        "created": whole_number(outcome.created.get(outcome.kind, 0)),
        "updated": whole_number(outcome.updated.get(outcome.kind, 0)),
    }
    template = ngettext(
        "%(lines)s of %(read)s line read in, as %(batch)s: %(created)s made, %(updated)s brought up to date.",
        "%(lines)s of %(read)s lines read in, as %(batch)s: %(created)s made, %(updated)s brought up to date.",
        outcome.rows_read,
    )
    return template % (values | counts)


def _questions(outcome: Outcome) -> Iterator[str]:
    for question in outcome.questions:
        yield question["sentence"]
        if question.get("choices"):
            choices = "; ".join(_choice(question["code"], choice) for choice in question["choices"])
            yield "  " + _("Choose from: %(choices)s.") % {"choices": choices}
        yield "  " + _how_to_answer(question)


def _choice(code: str, choice: dict[str, Any]) -> str:
    """An answer in words, and what stands for it in a mapping where that is something else."""
    words, value = answer_in_words(code, choice), str(choice["value"])
    return words if words == value else f"{words} ({value})"


def _how_to_answer(question: dict[str, Any]) -> str:
    if question["code"] == "overlap":
        return _("Answer with --overlap new or --overlap replace.")
    values = [choice["value"] for choice in question.get("choices", [])]
    answer = answered(question, values[0] if values else "")
    return _("Answer with --mapping and a file in which stands, for example: %(answer)s.") % {
        "answer": json.dumps(answer, ensure_ascii=False)
    }


def _refusals(outcome: Outcome) -> Iterator[str]:
    yield _how_many_can(outcome) if outcome.is_stopped or outcome.already_in else _how_many_cannot(outcome)
    unknown = outcome.report["counts"].get("refused_unknown", 0)
    if unknown:
        template = ngettext(
            "Of %(count)s refused line nobody knows the amount.",
            "Of %(count)s refused lines nobody knows the amount.",
            unknown,
        )
        yield template % {"count": whole_number(unknown)}
    for refusal in outcome.refusals[:REFUSALS_SHOWN]:
        yield "  " + refusal_in_words(refusal)
    if outcome.rows_refused > REFUSALS_SHOWN:
        yield "  " + _("and %(count)s more") % {"count": whole_number(outcome.rows_refused - REFUSALS_SHOWN)}
    if outcome.refused_file:
        yield _("They stand apart in %(file)s; mend them there and offer that file again.") % {
            "file": outcome.refused_file
        }
    elif outcome.rows_refused == outcome.rows_read:
        yield _("No line can go in. Mend them and offer the file again.")
    elif not outcome.questions and not outcome.skip_refused:
        yield _("Set them apart with --skip-refused, or mend them and offer the file again.")


def _how_many_cannot(outcome: Outcome) -> str:
    """Where the next sentence says how many lines go in, these are the others."""
    template = ngettext("%(refused)s line cannot go in.", "%(refused)s lines cannot go in.", outcome.rows_refused)
    return template % {"refused": whole_number(outcome.rows_refused)}


def _how_many_can(outcome: Outcome) -> str:
    good = Decimal(outcome.report["amounts"]["revenue_good"]) if outcome.kind == "sales" else Decimal(0)
    unknown = outcome.report["counts"].get("refused_unknown", 0)
    part = None if unknown else share(good, good + outcome.revenue_refused)
    values = {
        "good": whole_number(outcome.rows_read - outcome.rows_refused),
        "read": whole_number(outcome.rows_read),
        "share": percent(_rounded_down(part or 0), places=1),
        "refused": whole_number(outcome.rows_refused),
    }
    if part is None or not 0 <= part <= 1:
        return (
            ngettext(
                "%(good)s of %(read)s lines can go in; %(refused)s line cannot.",
                "%(good)s of %(read)s lines can go in; %(refused)s lines cannot.",
                outcome.rows_refused,
            )
            % values
        )
    return (
        ngettext(
            "%(good)s of %(read)s lines can go in, %(share)s of revenue; %(refused)s line cannot.",
            "%(good)s of %(read)s lines can go in, %(share)s of revenue; %(refused)s lines cannot.",
            outcome.rows_refused,
        )
        % values
    )


def _rounded_down(part: float) -> Decimal:
    """To tenths of a percent; what is short of everything never reads as 100 %."""
    return Decimal(part).quantize(Decimal("0.001"), ROUND_DOWN)


def refusal_in_words(refusal: dict[str, Any]) -> str:
    """One refused cell: row, column and what to do."""
    return _("Row %(row)s, %(column)s: %(reason)s") % {
        "row": refusal["row"],
        "column": refusal["column"] or "–",
        "reason": refusal["reason"],
    }


def _remarks(outcome: Outcome) -> Iterator[str]:
    if outcome.first_date and outcome.last_date:
        template = ngettext(
            "Orders from %(first)s to %(last)s, from %(customers)s customer.",
            "Orders from %(first)s to %(last)s, from %(customers)s customers.",
            outcome.customers,
        )
        yield template % {
            "first": day(outcome.first_date),
            "last": day(outcome.last_date),
            "customers": whole_number(outcome.customers),
        }
    for remark in remarks(outcome.report, is_part=bool(outcome.overlap)):
        yield "  " + remark
    if outcome.overlap:
        counts = {name: whole_number(int(outcome.overlap[name])) for name in ("new", "equal", "changed", "gone")}
        template = _("Compared with what was in: %(new)s new, %(equal)s equal, %(changed)s changed, %(gone)s gone.")
        yield "  " + template % counts


def undo_report(result: dict[str, Any]) -> Iterator[str]:
    """What an undo did, in sentences."""
    count = result["lines"]
    values = {"batch": result["batch"], "lines": whole_number(count)}
    if result["revenue"] is None:
        yield ngettext("%(batch)s is undone: %(lines)s row.", "%(batch)s is undone: %(lines)s rows.", count) % values
    else:
        amount = money(Decimal(result["revenue"]), Company.current().currency)
        template = ngettext(
            "%(batch)s is undone: %(lines)s line, %(amount)s.",
            "%(batch)s is undone: %(lines)s lines, %(amount)s.",
            count,
        )
        yield template % {**values, "amount": amount}
    for other in result.get("shared_by", []):
        yield (
            _("%(file)s (%(batch)s) had lines in common with it, which are gone now; offer it again for those.") % other
        )
    for names in result["touched"].values():
        yield _("These were changed by a person since and stay: %(names)s.") % {"names": ", ".join(names)}
