"""What one job may use. A file that would eat the machine ends its own process, and nothing else."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass, field

MEGABYTE = 1 << 20
LEAST_MEMORY_MB = 4_096
NICENESS = 10
"""Pages go before figures: a job takes the processor time that requests leave."""


def room_for_one() -> int:
    """Megabytes of address space that a job may take: half of the machine's memory, and at least four thousand.

    Measured: 541,909 order lines as CSV take 3,065 MB of address space and 680 MB of memory to read in.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(LEAST_MEMORY_MB, memory // MEGABYTE // 2)


@dataclass(frozen=True)
class Limits:
    """Of one job: address space in megabytes, and how long it may take."""

    memory_mb: int = field(default_factory=room_for_one)
    seconds: float = 4 * 3600
    heartbeat_seconds: float = 10


def keep_to(memory_mb: int) -> None:
    """Hold this process and its children to so much address space, and behind the pages in line."""
    wanted = memory_mb * MEGABYTE
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)
