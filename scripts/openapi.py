"""Write the snapshot of the REST interface, docs/api/openapi.json."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

SNAPSHOT = Path(__file__).resolve().parent.parent / "docs" / "api" / "openapi.json"


def main() -> None:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")
    django.setup()
    from bekwaam.faces.api.interface import description  # models can only be read once Django is set up

    SNAPSHOT.parent.mkdir(exist_ok=True)
    text = json.dumps(description(), indent=1, ensure_ascii=False, sort_keys=True)
    SNAPSHOT.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
