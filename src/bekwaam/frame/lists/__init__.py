"""Lists for every room: a room declares columns and views, and gets sorting, filters, saved views, totals and export.

The machinery knows tables only as querysets: nothing here knows a room or a record.
"""

from bekwaam.frame.lists.columns import CHOICE, DATE, MONEY, NUMBER, PICTURE, SHARE, TEXT, YES_NO, Column, seen_columns
from bekwaam.frame.lists.definition import BulkField, FixedView, ListDefinition, ListPlace, Stamps, list_places
from bekwaam.frame.lists.page import ListPage, list_page
from bekwaam.frame.lists.panel import asked_by_form
from bekwaam.frame.lists.state import ListState, read_state

__all__ = [
    "CHOICE",
    "DATE",
    "MONEY",
    "NUMBER",
    "PICTURE",
    "SHARE",
    "TEXT",
    "YES_NO",
    "BulkField",
    "Column",
    "FixedView",
    "ListDefinition",
    "ListPage",
    "ListPlace",
    "ListState",
    "Stamps",
    "asked_by_form",
    "list_page",
    "list_places",
    "read_state",
    "seen_columns",
]
