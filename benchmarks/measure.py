"""Run a program and measure what it costs: CPU seconds, elapsed seconds, peak memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run of a program cost; child processes of its own are not counted."""

    cpu_s: float
    elapsed_s: float
    memory_mb: float


def cost(*command: str, folder: Path) -> Cost:
    """Run a command in a folder to its end; raises RuntimeError with its output when it fails.

    Peak memory is the resident set that the kernel reports (kilobytes on Linux, bytes on macOS).
    """
    with TemporaryFile() as said:
        start = time.perf_counter()
        outputs = [(os.POSIX_SPAWN_DUP2, said.fileno(), target) for target in (1, 2)]
        shell = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(folder), *command]
        process = os.posix_spawn(shell[0], shell, os.environ, file_actions=outputs)
        _, status, usage = os.wait4(process, 0)
        elapsed = time.perf_counter() - start
        if status:
            said.seek(0)
            message = f"{' '.join(command)}\n{said.read().decode(errors='replace')}"
            raise RuntimeError(message)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Cost(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / unit)


def best(*command: str, folder: Path, runs: int) -> Cost:
    """Return the run with the least CPU time out of several; what disturbs a run only ever adds."""
    return min(cost(*command, folder=folder) for _ in range(runs))
