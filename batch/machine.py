"""How many documents this machine can read at once."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil

WORKER_BYTES = 2 * 1024**3
"""What a worker that recognises pictures may take, with room to spare."""

CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def cpus() -> int:
    """The processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_bytes() -> int:
    """The memory this process may use: the machine's, or its container's if that is less."""
    total = int(psutil.virtual_memory().total)
    with contextlib.suppress(OSError, ValueError):
        return min(total, int(CGROUP_LIMIT.read_text()))
    return total


def default_jobs() -> int:
    """As many workers as there are processors, and as fit into memory; one at least."""
    return max(1, min(cpus(), memory_bytes() // WORKER_BYTES))
