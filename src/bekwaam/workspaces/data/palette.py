"""What this room gives to the palette."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Action, Question

ACTIONS = (
    Action(_("Read in a file"), "import_new", "imports.write", key="i"),
    Action(_("See what Bekwaam is working on"), "jobs", "jobs.read"),
)
QUESTIONS = (Question(_("What has been read in?"), "data", "imports.read"),)
