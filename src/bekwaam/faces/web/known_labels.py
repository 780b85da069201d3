"""What each table that names a user is called on the page about oneself. A house test asks for a new one."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TABLES: Final[dict[tuple[str, str], Any]] = {
    ("access.apitoken", "user"): _("Tokens for programs that you made"),
    ("access.auditentry", "who"): _("Changes that you made"),
    ("access.denial", "who"): _("Pages that you asked for and may not see, for security"),
    ("access.keptanswer", "who"): _("Answers kept for your programs, for a week"),
    ("access.onetimelink", "made_by"): _("Links to get in that you made for others"),
    ("access.onetimelink", "user"): _("Links to get in that were made for you"),
    ("access.personindicator", "closed_by"): _("Figures about persons that you switched off"),
    ("access.personindicator", "made_by"): _("Figures about persons that you switched on"),
    ("access.rightgrant", "user"): _("Rights that you have"),
    ("access.rolegrant", "user"): _("Roles that you have"),
    ("access.signin", "who"): _("When you signed in and out, for security"),
    ("records.batch", "made_by"): _("Files that you read in"),
    ("records.bulkchange", "made_by"): _("Changes of many rows that you made"),
    ("records.bulkchange", "undone_by"): _("Changes of many rows that you undid"),
    ("records.job", "asked_by"): _("Work that you asked for"),
    ("records.customer", "trashed_by"): _("Customers that you threw away"),
    ("records.product", "trashed_by"): _("Products that you threw away"),
    ("records.storedfile", "added_by"): _("Files that you kept with a record"),
    ("records.storedfile", "trashed_by"): _("Files that you threw away"),
    ("records.mailing", "user"): _("Mails that were sent to you"),
    ("records.note", "author"): _("Notes that you wrote"),
    ("records.note", "trashed_by"): _("Notes that you threw away"),
    ("records.opportunity", "trashed_by"): _("Opportunities that you threw away"),
    ("records.stageentry", "made_by"): _("Opportunities that you moved to another stage"),
    ("records.task", "done_by"): _("Tasks that you ticked off"),
    ("records.task", "made_by"): _("Tasks that you recorded"),
    ("records.task", "owner"): _("Tasks that are yours"),
    ("records.task", "trashed_by"): _("Tasks that you threw away"),
    ("records.questionnaire", "made_by"): _("Questionnaires that you made"),
    ("records.questionnaire", "trashed_by"): _("Questionnaires that you threw away"),
    ("records.savedview", "owner"): _("Views on lists that you saved"),
    ("records.seller", "user"): _("Seller codes that are yours"),
    ("records.upload", "offered_by"): _("Files that you offered"),
    ("records.wave", "made_by"): _("Waves of questionnaires that you planned"),
}

CHANGES: Final[dict[str, Any]] = {
    "me.changed": _("your own settings"),
    "me.password": _("your password"),
    "users.made": _("your account was made"),
    "users.changed": _("your account was changed"),
    "users.roles": _("your roles and rights"),
    "users.disabled": _("your account was closed"),
    "users.enabled": _("your account was opened"),
    "users.invitation": _("you were invited"),
    "users.reset": _("a link for a new password was made"),
}
