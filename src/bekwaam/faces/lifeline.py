"""A child process that does not outlive its parent, however the parent dies."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 1.0


def die_with(parent: int, *, by: signal.Signals = signal.SIGKILL) -> None:
    """Arrange that this process gets a signal when its parent dies; ends it now when that has happened already.

    Linux does it in the kernel, for the thread that made this process: a parent must make its children from a thread
    that lives as long as they may. Elsewhere a thread looks every second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    else:
        threading.Thread(target=_look, args=(parent, by), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


def _look(parent: int, by: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), by)
