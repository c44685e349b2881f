"""The command line: one command per public function, no logic of its own. Human text on stderr, data on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from geomap.cli.arguments import parser
from geomap.cli.printing import FAILED
from geomap.errors import GeomapError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status; every failure is one line on stderr, never a traceback."""
    options = parser().parse_args(arguments)
    try:
        status = options.run(options)
        _flush(sys.stdout)
    except GeomapError as error:
        status = _fail(str(error), debug=options.debug)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except KeyboardInterrupt:
        status = _fail("stopped", debug=False)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        status = _fail(f"{where}{error.strerror or error}", debug=options.debug)
    except MemoryError:
        status = _fail("not enough memory for these files", debug=options.debug)
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback reaches a user)
        status = _fail(f"internal error: {type(error).__name__}: {error} (run again with --debug)", debug=options.debug)
    sys.exit(status)


def _flush(stream: TextIO | None) -> None:
    """Send what was printed on its way; a stream that the caller closed is None."""
    if stream is not None:
        stream.flush()


def _fail(message: str, *, debug: bool) -> int:
    if debug:
        raise  # noqa: PLE0704 (called while an error is handled)
    from geomap.render.text import plain

    print("geomap: " + plain(" ".join(message.split())), file=sys.stderr)
    return FAILED
