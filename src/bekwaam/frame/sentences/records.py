"""Sentences about changing records and keeping views on them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

SENTENCES: Final[dict[str, str | Promise]] = {
    "attachment_is_archive": _("%(file)s is an archive. Unpack it and add the files that matter, one by one."),
    "attachment_is_markup": _(
        "%(file)s is a web page or a drawing that can hold scripts. Save it as PDF and add that."
    ),
    "attachment_is_old_office": _("%(file)s is an office file of the old kind. Save it as .xlsx, .docx or PDF first."),
    "attachment_is_program": _("%(file)s is a program, whatever its name says. Programs are not kept here."),
    "attachment_is_unknown": _(
        "%(file)s is of a kind that is not kept here. PDF, pictures, Excel, Word, PowerPoint, mail and text are."
    ),
    "attachment_with_macros": _("%(file)s holds macros or a program. Save it without them and add that."),
    "bulk_not_yours": _n(
        "%(count)s chosen row is not yours to change, so nothing was changed. Take it out of the choice.",
        "%(count)s chosen rows are not yours to change, so nothing was changed. Take them out of the choice.",
        "count",
    ),
    "bulk_too_many": _(
        "You chose %(count)s rows; at most %(highest)s can be changed at once. Narrow the filter and do it in parts."
    ),
    "bulk_undone_already": _("This change was undone already."),
    "bulk_value_unknown": _("'%(value)s' cannot stand there. Choose one of the values that the form offers."),
    "custom_choices_missing": _("A choice needs at least one value to choose. Write one on each line."),
    "custom_field_taken": _("There is a field called '%(title)s' already. Choose another name."),
    "custom_field_unknown": _("There is no field of your own with the code '%(name)s'."),
    "custom_fields_too_many": _("There are %(highest)s fields already. Put one away first."),
    "edit_clash": _("Someone else changed %(field)s while you were writing. Look at what stands there now."),
    "field_not_a_choice": _("'%(value)s' is not one of the choices. Choose one from the list."),
    "field_not_read": _("'%(value)s' cannot stand in this field. Write it the way the field asks for."),
    "field_too_long": _("This is too long: at most %(longest)s characters fit here. Shorten it."),
    "note_empty": _("There is nothing in this note yet. Write something, or leave it."),
    "seller_unknown": _("'%(value)s' is not a seller we know. Choose one from the list."),
    "shares_not_whole": _("The shares of the sellers come to %(total)s; together they must make 100."),
    "stage_before_start": _("%(day)s lies before %(start)s, when the opportunity began. Choose a later day."),
    "stage_in_future": _("%(day)s has yet to come. Choose today or an earlier day."),
    "stage_moved_on": _("This step can no longer be undone: the opportunity moved on, or began here."),
    "stage_not_here": _("'%(stage)s' is not a stage of %(market)s. Choose one from the list."),
    "task_empty": _("Say what is to be done; it is still empty."),
    "too_many_views": _("You keep %(highest)s views on this list already. Remove one first."),
    "view_name_taken": _("You have a view called '%(name)s' already. Choose another name."),
}
