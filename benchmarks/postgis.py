"""Distances by PostGIS, type geography, in a server of its own that is stopped afterwards.

Needs PostgreSQL 15 with PostGIS, on Debian the package postgresql-15-postgis-3. The server listens on a socket in a
temporary folder only. PostgreSQL refuses to run as root; then it runs as the user postgres.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import numpy as np
from geodesics import Floats, Oracle

PROGRAMS = (Path("/usr/lib/postgresql/15/bin"), Path("/usr/local/bin"), Path("/usr/bin"))
USER = "postgres"
FINER, MORE = 20, 0.001
"""PostGIS looks for the foot on a sphere, where right angles are off by 0.67 % at most, and measures to it on the
ellipsoid. As the foot must lie on the piece, a distance is off by less than 1 in 600 of the piece's length."""


class AbsentError(Exception):
    """Say why PostGIS cannot be asked."""


@contextmanager
def server() -> Iterator[Path]:
    """Start a server with PostGIS; yields the folder of its socket. Raises AbsentError when it cannot."""
    bin_folder = next((folder for folder in PROGRAMS if (folder / "initdb").exists()), None)
    if bin_folder is None or shutil.which("psql") is None:
        raise AbsentError("PostgreSQL is not installed (postgresql-15-postgis-3)")
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _hand_over(folder)
        _run(bin_folder / "initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        control = bin_folder / "pg_ctl", "-D", folder / "data", "-w"
        _run(*control, "-l", folder / "log", "-o", settings, "start")
        try:
            query(folder, "create extension postgis")
            yield folder
        finally:
            _run(*control, "-m", "fast", "stop")


def query(folder: Path, text: str) -> str:
    """Run SQL and return what it says, one row a line, columns apart by tabs."""
    return _run(*_psql(folder), "-F", "\t", "-c", text)


def distances(folder: Path, oracle: Oracle, points: Floats) -> tuple[Floats, float]:
    """Return the least distance of each point to the pieces near it, in metres, and the seconds that the query took.

    PostGIS sees what `Oracle.near` finds, cut once more, into pieces of at most 5 m: its own edges are geodesics, so
    that the lines must come cut. A row holds one piece.
    """
    query(folder, "create table asked (point int, at geography, piece geography)")
    with (folder / "rows").open("w+", encoding="utf-8") as rows:
        rows.writelines(_rows(oracle, points))
        rows.seek(0)
        _run(*_psql(folder), "-c", "copy asked from stdin", stdin=rows)
    began = time.perf_counter()
    said = query(folder, "select point, min(ST_Distance(at, piece)) from asked group by point order by point")
    spent = time.perf_counter() - began
    return np.array([float(line.split("\t")[1]) for line in said.splitlines()]), spent


def version(folder: Path) -> str:
    """Return the versions of the server and of PostGIS."""
    return query(folder, "select current_setting('server_version') || ', PostGIS ' || postgis_lib_version()").strip()


def _psql(folder: Path) -> tuple[object, ...]:
    return "psql", "-h", folder, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-XAtq"


def _rows(oracle: Oracle, points: Floats) -> Iterator[str]:
    for number, (near, point) in enumerate(zip(oracle.near(points, MORE), points.tolist(), strict=True)):
        at = f"SRID=4326;POINT({point[0]!r} {point[1]!r})"
        start, end = oracle.pieces.start[near], oracle.pieces.end[near]
        corners = start[:, None] + np.linspace(0, 1, FINER + 1)[:, None] * (end - start)[:, None]
        ends = np.concatenate([corners[:, :-1], corners[:, 1:]], axis=2).reshape(-1, 4).tolist()
        yield from (f"{number}\t{at}\tSRID=4326;LINESTRING({a!r} {b!r},{c!r} {d!r})\n" for a, b, c, d in ends)


def _hand_over(folder: Path) -> None:
    """Give the folder to the user that the server runs as."""
    if os.geteuid() == 0:
        try:
            shutil.chown(folder, USER)
        except LookupError as error:
            raise AbsentError(f"PostgreSQL does not run as root, and there is no user {USER}") from error


def _run(*command: object, stdin: IO[str] | int = subprocess.DEVNULL) -> str:
    """Run a program as the server's user; raises AbsentError with what it said when it fails."""
    owner = pwd.getpwnam(USER) if os.geteuid() == 0 else None
    more = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    done = subprocess.run(
        [str(word) for word in command],
        stdin=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd="/",
        check=False,
        **more,
    )
    if done.returncode:
        raise AbsentError(f"{Path(str(command[0])).name}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout
