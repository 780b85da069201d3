"""Whatever breaks a command, as an error of ours: who called gets a sentence and a code, the log gets the trace."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DataError, Error, IntegrityError, ProgrammingError

from bekwaam.faces.cli import calls
from bekwaam.facts.durable import disk_failures
from bekwaam.records.database import database_failure
from bekwaam.terms.errors import BekwaamError, Failed

log = logging.getLogger("bekwaam.cli")
OWN_MISTAKES = (DataError, IntegrityError, ProgrammingError)
"""What the database refuses because we asked it wrongly; the database itself is well."""


def in_words(error: BaseException) -> BekwaamError:
    """The error as it is told; one that nobody foresaw goes to the log with its trace."""
    if isinstance(error, BekwaamError):
        return error
    calls.must_have_words()
    home = settings.BEKWAAM_HOME
    try:
        with disk_failures(home.path):
            raise error
    except Failed as failed:
        return failed
    except KeyboardInterrupt:
        return Failed("stopped")
    except OSError as known:
        return Failed("cannot_write", file=str(known.filename or home.path), reason=known.strerror or str(known))
    except Error as known:
        return _unforeseen(known) if isinstance(known, OWN_MISTAKES) else database_failure(known, home.database)
    except Exception as unknown:  # the outermost door: a trace is no answer
        return _unforeseen(unknown)


def _unforeseen(error: Exception) -> Failed:
    log.error("the command broke off", exc_info=error)
    return Failed("unexpected", what=type(error).__name__)
