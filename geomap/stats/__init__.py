"""Border statistics: what was counted where, by pair, side, distance band and period, and what was left out.

Counts only: no shares, no rates, no density. What is measured is the reference point of a named place, or the position
that a source gives, and only where that is known to the settlement or better; everything else is left out by name.
"""

from geomap.stats.cells import BANDS_KM, CELLS, Period, border_stats, edges_of
from geomap.stats.report import NOTES, measured_to, report
from geomap.stats.rows import REASONS, left_out

__all__ = [
    "BANDS_KM", "CELLS", "NOTES", "REASONS", "Period", "border_stats", "edges_of", "left_out", "measured_to", "report",
]  # fmt: skip
