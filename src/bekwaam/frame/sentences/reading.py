"""Sentences about a file that is offered: what it is, and what its rows look like before they are judged."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILES: Final[dict[str, str | Promise]] = {
    "file_missing": _("There is no file %(file)s. Check its name and its folder."),
    "file_empty": _("%(file)s is empty. Export it again from your ERP."),
    "file_too_large": _(
        "%(file)s is %(size_mb)s MB; at most %(limit_mb)s MB is read at once. Export it in parts, for example per year."
    ),
    "file_damaged_text": _(
        "%(file)s: row %(row)s holds bytes that are not %(encoding)s text, so letters have been lost. "
        "Export it again, as UTF-8 if you can choose."
    ),
    "file_header_only": _("%(file)s has headings but no rows below them. Check the period that you exported."),
    "file_is_archive": _("%(file)s is a packed archive. Unpack it and offer the file inside."),
    "file_is_html": _("%(file)s is a web page, not a table. Export again as CSV or Excel (.xlsx)."),
    "file_is_not_a_table": _("%(file)s is %(kind)s, not a table. Export the same list as CSV or Excel (.xlsx)."),
    "file_is_old_excel": _("%(file)s is an Excel file of the old kind (.xls). Open it and save it as .xlsx."),
    "file_is_picture": _("%(file)s is a picture (%(kind)s). Offer the list itself, as CSV, Excel (.xlsx) or Parquet."),
    "file_line_too_long": _(
        "%(file)s: row %(row)s is longer than %(limit_mb)s MB, so this is hardly a table. "
        "Check the export, or export it as Excel (.xlsx)."
    ),
    "file_not_readable": _("%(file)s cannot be read: %(reason)s. Check who may open it, or copy it to another place."),
    "file_nul_bytes": _(
        "%(file)s holds zero bytes in row %(row)s, so it is damaged or not a text file. Export it again."
    ),
    "file_other_spreadsheet": _("%(file)s is a spreadsheet of another kind (.xlsb or .ods). Save it as .xlsx."),
    "file_without_headings": _(
        "%(file)s has no row that reads like headings. Put a row with the names of the columns above the lines."
    ),
}

TABLES: Final[dict[str, str | Promise]] = {
    "csv_open_quote": _(
        "%(file)s: the quotation mark that opens in row %(row)s is never closed. "
        "Close it, or export the file again from your ERP."
    ),
    "parquet_damaged": _("%(file)s begins like a Parquet file but cannot be read. Write it again."),
    "parquet_locked": _("%(file)s is an encrypted Parquet file. Write it again without encryption."),
    "row_cell_too_long": _("This row has a cell that is far too long. Close the quotation mark before it."),
    "row_quotes": _("The quotation marks in this row do not match. Close them, or double those inside the text."),
    "row_too_long": _(
        "This row has more cells than there are headings. Put the text that holds the separator in quotation marks."
    ),
    "row_too_long_everywhere": _(
        "%(file)s: from row %(row)s on there are more cells than headings. Check the row with the headings."
    ),
    "sheet_not_found": _("%(file)s has no sheet %(sheet)s. Choose one of these: %(sheets)s."),
    "too_many_cells": _(
        "%(file)s has %(rows)s rows of %(columns)s columns, more than the %(limit)s cells that are read at once. "
        "Export it in parts, for example per year."
    ),
    "workbook_damaged": _(
        "%(file)s cannot be opened as a workbook: it is damaged. Open it in Excel, save it again and offer that."
    ),
    "workbook_far_cell": _(
        "%(file)s claims to reach to cell %(cell)s, far beyond any table. "
        "Delete the empty rows and columns around the table and save it again."
    ),
    "workbook_has_entities": _(
        "%(file)s holds definitions that do not belong in a workbook, so it is not opened. Save it again from Excel."
    ),
    "workbook_locked": _("%(file)s is locked with a password. Save it without one and offer it again."),
    "workbook_too_heavy": _(
        "%(file)s needs more than %(limit_mb)s MB of memory to be read. Export it as CSV, or in parts."
    ),
    "workbook_too_large": _(
        "%(file)s unpacks to %(unpacked_mb)s MB; at most %(limit_mb)s MB is opened. Export it as CSV, or in parts."
    ),
    "workbook_too_slow": _("%(file)s could not be read within %(seconds)s seconds. Export it as CSV."),
    "zip_bomb": _("%(file)s unpacks to far more than a workbook would, so it is not opened. Export it as CSV."),
}

SENTENCES: Final = {**FILES, **TABLES}
