"""Sentences about the rows of a file: why one is refused, and what a person must choose first.

Row and column stand before the sentence, on the page and in the report.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Final[dict[str, str | Promise]] = {
    "amount_missing": _("The amount is missing. Fill in the revenue, or the price and the quantity."),
    "date_implausible": _(
        "'%(value)s' cannot be the day of an order: orders lie between %(first)s and %(last)s. Correct the date."
    ),
    "date_missing": _("The order date is missing. Fill it in, or remove the row."),
    "date_not_in_month": _(
        "'%(value)s' does not exist: that month has %(days)s days. Did you mean %(earlier)s or %(later)s?"
    ),
    "date_not_read": _("'%(value)s' is not a date. Write day, month and year, for example 28-02-2026."),
    "customer_missing": _("The customer is missing. Fill in his number or name, or set the row apart."),
    "customer_not_known": _(
        "'%(value)s' is not a customer we know by that number or name. Read in the customers first, or correct it."
    ),
    "date_other_order": _(
        "'%(value)s' has day and month the other way round than the rest of the column. Write it as %(mended)s."
    ),
    "key_doubled": _("'%(value)s' stands in rows %(rows)s, each time with other content. Keep the row that is right."),
    "key_missing": _("The number or code is missing. Fill it in, or remove the row."),
    "market_type_unknown": _("'%(value)s' is not a market type. Choose B2B, B2R or B2G."),
    "no_rate": _("There is no rate for %(currency)s. Fill in the amount in your own currency, or set the row apart."),
    "number_is_formula": _("'%(value)s' is a formula, not its result. Put the number itself in the cell."),
    "number_not_read": _("'%(value)s' is not a number. Write it in figures, with one decimal sign."),
    "number_out_of_range": _("'%(value)s' is too large to be true: it must stay below %(limit)s. Correct the number."),
    "number_times": _("'%(value)s' probably means %(product)s. Fill in that number, or another."),
    "order_number_missing": _("The order number is missing. Fill it in, or remove the row."),
    "stage_missing": _("The stage is missing. Fill it in, for example: lead, quotation, won or lost."),
    "stage_not_known": _(
        "'%(value)s' is not a stage we know. Write for example lead, need, quotation, negotiation, won or lost."
    ),
    "text_too_long": _("The text is longer than %(limit)s characters. Shorten it, or choose another column for this."),
}

WHOLE_FILE: Final[dict[str, str | Promise]] = {
    "mapping_column_unknown": _(
        "The file has no column '%(column)s'. Its headings are: %(headings)s. Name one of these in the mapping."
    ),
    "already_in_otherwise": _(
        "This very file is in as %(batch)s, with other columns. Undo that first (undo %(batch)s), then offer it again."
    ),
}

QUESTIONS: Final[dict[str, str | Promise]] = {
    "columns_alike": _("%(headings)s fit '%(field)s' equally well. Which column is it?"),
    "cost_basis": _("'%(heading)s': is that the cost of the whole line or of one piece?"),
    "date_order": _(
        "The dates in '%(heading)s' can be read in two ways: %(example)s is %(as_dmy)s or %(as_mdy)s. "
        "Which one is right?"
    ),
    "date_swapped": _(
        "A spreadsheet seems to have exchanged day and month in '%(heading)s': every real date lies before the "
        "thirteenth, and every text after the twelfth. What stands as %(as_kept)s was probably %(as_swapped)s. "
        "Which one is right?"
    ),
    "decimal_sign": _(
        "'%(example)s' in '%(heading)s' can be %(whole)s, or %(small)s and a fraction. "
        "Which sign stands before the decimals?"
    ),
    "which_sheet": _(
        "Several sheets have the same headings: %(sheets)s. Is it one of them, or are they one table together (*)?"
    ),
    "which_column": _("No column looks like '%(field)s'. Which one is it?"),
    "overlap": _(
        "Part of these lines is in already: %(new)s new, %(equal)s equal, %(changed)s changed, %(gone)s gone. "
        "This file adds up to %(total_file)s, what is in to %(total_on_hand)s. "
        "Add only the new lines, or also exchange what changed and take away what is gone?"
    ),
    "overlap_refused": _(
        "Part of these lines is in already: %(new)s new, %(equal)s equal, %(changed)s changed, %(gone)s gone. "
        "This file adds up to %(total_file)s, what is in to %(total_on_hand)s. "
        "You chose to refuse it then: choose new or replace, or offer a file of other days."
    ),
}

SENTENCES: Final = {**REFUSALS, **WHOLE_FILE, **QUESTIONS}
