"""The examination: every check, in order, whatever the others find."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from bekwaam.faces.doctor import facts, home, program, records, work
from bekwaam.faces.doctor.finding import Check, Finding, ill

log = logging.getLogger("bekwaam.doctor")

CHECKS: Final[tuple[Check, ...]] = (
    home.home_folder,
    home.home_writable,
    home.secret_key,
    home.disk_space,
    home.clock,
    home.leftovers,
    records.database_whole,
    records.foreign_keys,
    records.durability,
    records.journal_size,
    records.migrations,
    records.attempts_table,
    records.unknown_tables,
    records.search_index,
    records.audit_chain,
    records.personal_tags,
    facts.facts_tables,
    facts.facts_ledger,
    facts.batches_pending,
    facts.batches_known,
    facts.figures,
    work.queue,
    work.jobs_waiting,
    work.jobs_orphaned,
    work.jobs_failed,
    work.uploads,
    work.refused_files,
    program.address,
    program.security_settings,
    program.administrator,
    program.demo_users,
    program.words,
    program.browser_files,
    program.versions,
    program.safe_versions,
    home.backup_age,
)


@dataclass(frozen=True)
class Examined:
    """A check and what it found."""

    name: str
    finding: Finding


def examine() -> list[Examined]:
    """Carry out every check."""
    return [Examined(check.__name__, carried_out(check)) for check in CHECKS]


def carried_out(check: Check) -> Finding:
    """What breaks a check is itself a finding: a doctor must not faint at the sight of the patient."""
    try:
        return check()
    except Exception as error:  # see above
        log.debug("check %s broke off", check.__name__, exc_info=True)
        reason = f"{type(error).__name__}: {error}"
        return ill(_("This could not be looked at: %(reason)s.") % {"reason": reason})
