"""One JSON object per line on standard error. Names nobody, and no address typed by a visitor can break a line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """Time in UTC, level, logger, event, request and, for an exception, where it arose."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        from bekwaam.access.request_id import current_request_id  # logging starts before apps do

        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "request": current_request_id(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def calm(record: logging.LogRecord) -> bool:
    """What a visitor sent and was refused, such as a foreign Host header, is a warning of one line.

    Django calls it an error and shows where in its own code it was found. Machines that scan the net send thousands.
    """
    if record.name.startswith("django.security."):
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        record.exc_info = record.exc_text = None
    return True


def _event(record: logging.LogRecord) -> str:
    """The message; of a request only the route and the status, because an address may hold a token or a name."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "method"):
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    route = match.view_name or match.route if match else "no route"
    return f"{request.method} {route}: {getattr(record, 'status_code', 500)}"


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "filters": {"calm": {"()": lambda: calm}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["calm"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "bekwaam": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
