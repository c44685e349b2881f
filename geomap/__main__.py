"""Let `python -m geomap` do what the `geomap` command does."""

from __future__ import annotations

from geomap.cli import main

if __name__ == "__main__":
    main()
