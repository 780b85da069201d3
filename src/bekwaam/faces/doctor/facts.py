"""Checks on the fact tables, and on what the records say of them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from bekwaam.faces.doctor.finding import Finding, ill, well
from bekwaam.faces.doctor.records import reading
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.store import Store
from bekwaam.frame.sentences import sentence
from bekwaam.records.models import Batch, Run


def _store() -> Store:
    """The store, only if it is there.

    Raises:
        FileNotFoundError: it is not.
    """
    if not StoreFolder(settings.BEKWAAM_HOME.facts).ledger.is_file():
        raise FileNotFoundError("facts/ledger.sqlite3")
    return Store(settings.BEKWAAM_HOME.facts)


def facts_tables() -> Finding:
    """The fact tables are what their ledger says."""
    faults = _store().check()
    if faults:
        return ill(" ".join(sentence(fault) for fault in faults))
    return well(_("The fact tables agree with their ledger."))


def facts_ledger() -> Finding:
    """The ledger can be read as a whole."""
    with reading(StoreFolder(settings.BEKWAAM_HOME.facts).ledger) as ledger:
        faults = [row[0] for row in ledger.execute("PRAGMA integrity_check(5)")]
    if faults != ["ok"]:
        return ill(
            _("The ledger of the facts is damaged (%(fault)s). Restore the newest backup.") % {"fault": faults[0]}
        )
    return well(_("The ledger of the facts is whole."))


def batches_pending() -> Finding:
    """No import is half-way."""
    names = sorted(Batch.objects.filter(state=Batch.State.PENDING).values_list("batch_id", flat=True))
    if names:
        return ill(
            _("These imports are under way or broke off: %(names)s. The next import settles them.")
            % {"names": ", ".join(names)}
        )
    return well(_("No import is half-way."))


def batches_known() -> Finding:
    """Records and facts know of the same imports."""
    entries = [entry for entry in _store().batches() if entry.action == "import"]
    in_facts = {entry.batch_id for entry in entries if entry.undone_in is None}
    batches = Batch.objects.filter(kind="sales")
    in_records = set(batches.filter(state=Batch.State.DONE).values_list("batch_id", flat=True))
    pending = set(batches.filter(state=Batch.State.PENDING).values_list("batch_id", flat=True))
    different = sorted((in_facts ^ in_records) - pending)
    if different:
        return ill(
            _("Records and facts do not agree on these imports: %(names)s. Restore the newest backup.")
            % {"names": ", ".join(different)}
        )
    return well(_("Records and facts know of the same imports."))


def figures() -> Finding:
    """The figures in force were worked out from the newest facts."""
    version = _store().version
    run = Run.objects.filter(is_current=True).first()
    if not version:
        return well(_("Nothing has been read in yet, so there are no figures."))
    if run is None or run.facts_version != version:
        return ill(
            _("The figures are of data version %(old)d, the newest is %(new)d. Work them out with: bekwaam refresh")
            % {"old": run.facts_version if run else 0, "new": version}
        )
    return well(_("The figures were worked out from the newest facts."))
