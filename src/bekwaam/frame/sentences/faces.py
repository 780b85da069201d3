"""Sentences about the installation itself: its home, its address, its work and its backups."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORK: Final[dict[str, str | Promise]] = {
    "as_of_beyond_data": _(
        "Figures cannot stand as of %(as_of)s: the last order that has been read in is of %(last)s. "
        "Read in newer orders, or take %(latest)s at the latest."
    ),
    "figures_busy": _(
        "The figures are being worked out by another call, and after %(minutes)s minutes still are. "
        "Look at them when it is done, or ask again later."
    ),
    "import_stopped": _(
        "%(file)s has not been read in: a question is open, or rows cannot go in. "
        "Answer it in the preview and read the file in again."
    ),
    "job_broke": _(
        "This work broke off through a defect in Bekwaam; what was not finished does not count. "
        "The log %(log)s says where: give it to whoever looks after this installation."
    ),
    "backup_elsewhere": _(
        "The records are in PostgreSQL (DATABASE_URL), so this command cannot copy them together with the home. Stop "
        "Bekwaam, copy the database with pg_dump and the home as a folder, and bring both back together."
    ),
    "mail_off": _("No mail server is set. Set BEKWAAM_SMTP and BEKWAAM_MAIL_FROM, and start Bekwaam again."),
    "mail_not_sent": _(
        "The mail server %(server)s did not take the mail: %(reason)s. It is tried again; look at BEKWAAM_SMTP."
    ),
    "job_died": _(
        "The process of this work was ended %(attempts)s times, so it is not tried again; nothing was left half-done. "
        "Often the machine has too little memory, or someone stopped it: ask for it once more when that is over."
    ),
    "job_too_long": _(
        "This work was not done after %(minutes)s minutes and was broken off. "
        "Try it with a smaller file, or on a faster machine."
    ),
    "mapping_not_json": _('%(file)s is not JSON. Write it as {"fields": {"order_date": "Invoice date"}}.'),
    "mapping_wrong": _(
        "%(file)s says at %(part)s what cannot be. "
        'Write it as {"fields": {"order_date": "Invoice date"}, "date_order": {"order_date": "dmy"}}.'
    ),
    "memory_short": _(
        "This work needs more memory than the %(limit_mb)s MB that it may use. "
        "Offer the file in smaller parts, for example per year."
    ),
    "stopped": _("Stopped before it was done; nothing was changed by this call."),
    "unexpected": _(
        "Something unexpected happened (%(what)s) and the command broke off; nothing was changed by this call. "
        "The lines above say where; see also what bekwaam doctor says."
    ),
    "option_needs_file": _("%(option)s is about a file with order lines. Name it: bekwaam brief FILE %(option)s."),
    "nothing_read_in": _("Nothing has been read in yet. Read in a file with order lines first."),
}

HOME: Final[dict[str, str | Promise]] = {
    "backup_damaged": _(
        "%(file)s is damaged at %(part)s, so nothing of it was used and nothing has changed. Take an earlier backup."
    ),
    "backup_newer": _(
        "This backup was made by Bekwaam %(version)s, which is newer than the program here; nothing has changed. "
        "Install that version first."
    ),
    "database_busy": _(
        "The database %(file)s stayed busy with other work, so nothing has changed. Try again in a moment."
    ),
    "database_unusable": _(
        "The database %(file)s cannot be used: %(reason)s. See what bekwaam doctor says; "
        "a backup can be brought back with bekwaam restore."
    ),
    "file_exists": _("%(file)s is there already and is not overwritten. Choose another name."),
    "home_cannot_move": _(
        "%(folder)s is a disk of its own, which cannot change places with the restored home; nothing has changed. "
        "Restore into a folder in it, with --home %(folder)s/restored, and use that one from then on."
    ),
    "parent_closed": _(
        "A restore builds the home anew beside the present one, and in %(folder)s you may not write; nothing has "
        "changed. Run it as someone who may, or restore elsewhere with --home and use that one instead of %(home)s."
    ),
    "home_missing": _("There is no Bekwaam home in %(folder)s. Name the right folder with --home."),
    "not_a_demo": _(
        "%(folder)s holds a company of its own, and the users of the demo would get in there. "
        "Name an empty folder with --home."
    ),
    "served_already": _("%(folder)s is in use already: %(address)s. Open that, or stop it first."),
}

ADDRESS: Final[dict[str, str | Promise]] = {
    "host_unknown": _("This machine cannot be reached as %(host)s. Name an address that it has, such as 127.0.0.1."),
    "port_forbidden": _("Only an administrator may open port %(port)s. Take one of 1024 or higher with --port."),
    "port_wrong": _("%(port)s is not a port. Take one from 1 to %(highest)s; 0 takes any that is free."),
    "ports_busy": _("Every port from %(first)s to %(last)s is in use. Name another with --port."),
    "proxies_needed": _(
        "BEKWAAM_URL is %(address)s, but there is no certificate here and no proxy is trusted, so every page would "
        "redirect to itself. Give --tls-cert and --tls-key, or set BEKWAAM_PROXIES to the number of your proxies."
    ),
    "tls_needed": _(
        "Serving on %(host)s would let others on the network read along. "
        "Give a certificate with --tls-cert and --tls-key, or stay on 127.0.0.1."
    ),
    "tls_pair": _("A certificate and its key go together: give both --tls-cert and --tls-key."),
    "tls_unusable": _(
        "The certificate %(file)s and its key cannot be used: %(reason)s. "
        "Both must be PEM files, the key without a password."
    ),
    "url_needed": _(
        "%(host)s means every address of this machine, and none that people can type. "
        "Set BEKWAAM_URL to the one they use, such as https://crm.example.org."
    ),
    "web_not_started": _("The pages did not come up at %(address)s. The lines above say why."),
}

SENTENCES: Final = {**WORK, **HOME, **ADDRESS}
