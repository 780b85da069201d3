"""The tables are as the models say: whoever changes a model writes its migration."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

ASK = ("-m", "django", "makemigrations", "--check", "--dry-run")


def test_no_migration_is_missing(home: Any) -> None:
    # In a process of its own: the models that other tests invent stay among those of this one.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings"}
    told = subprocess.run([sys.executable, *ASK], capture_output=True, text=True, env=environment)
    assert told.returncode == 0, told.stdout + told.stderr
