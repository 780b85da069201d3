"""Sentences about asking people outside."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, str | Promise]] = {
    "invited_too_many": _("A wave takes at most %(highest)s people. Plan a second wave for the others."),
    "invitee_not_read": _(
        "Line %(line)s: '%(value)s' was not read. Write name; e-mail address; nl or en; customer number."
    ),
    "question_choices_missing": _("This kind of question needs at least two choices. Write one on each line."),
    "question_range": _("The lowest value, %(lowest)s, must lie below the highest, %(highest)s. Change one of them."),
    "question_words_missing": _("Write what is asked, in Dutch, in English or in both."),
    "questionnaire_asked": _(
        "'%(title)s' was asked already, so its questions stay as they are. Make a new version and change that."
    ),
    "questionnaire_empty": _("'%(title)s' has no questions yet. Add one, and then plan the wave."),
    "questionnaire_half": _(
        "'%(title)s' cannot be read from title to last choice in Dutch or in English. Fill in what is missing in one."
    ),
    "questionnaire_words_missing": _("Give the questionnaire a title, in Dutch, in English or in both."),
    "questions_too_many": _("A questionnaire has at most %(highest)s questions. Remove one, or ask it another time."),
    "rating_round_off": _(
        "Rating rounds are off until the works council has agreed. An administrator switches them on under Persons."
    ),
    "wave_anonymous_once": _(
        "An anonymous answer cannot be changed later, because nobody knows whose it is. Choose one answer per link."
    ),
    "wave_days": _(
        "From %(opens)s until %(closes)s is not possible. Open today or later, and close within a year after that."
    ),
    "wave_over": _("This wave is over. Plan a new one to ask again."),
    "wave_reminders": _(
        "Choose at most %(highest)s reminders, each between day 1 and day %(days)s, when the wave closes."
    ),
}
