"""Country, nearest border line, distance, side and control of every row: tables in, a table out.

The rules, each of which the tests hold to:

- The reference position of a row is its own geometry, else the matched place's `match_lon`, `match_lat`; of a line or
  an area of its own it is a position on or in it.
- Three facts, none derived from another. Areas decide the recognised country, areas of role `control` who controls a
  position at the row's date, lines the side. A control never changes country or side, nor they a control; an area
  that is only claimed decides nothing.
- Enclaves come before areas, and inside one the areas around it do not count. Where areas overlap or share an edge, the
  one listed first is the country and `country_also` names the others; where none holds the position, the country is
  null. So a border table lists its best layer first.
- A side is the country when the nearest line names it; `outside` when the areas of both sides are loaded and neither
  holds the position; `uncertain` on the line, and where areas of one layer for both sides overlap; null when the line
  has no sides or their areas are not loaded.
- Rows meet the features of their time: one is in force from `valid_from` to the day before `valid_to`, and an empty
  bound excludes nothing. Rows without a date meet those of `as_of`, or without that all that have no `valid_to`, but no
  control: that is known at a date only. Where a line out of force is nearest and its pair has no other, the side is
  `no_line_for_date`: another pair's line would answer another question.
- Two lines of one layer for one pair, with one status, that are in force together and contradict each other are
  refused, and so is a claim without a status beside another.
- A place coarser than a point (`place_precision` area, region, country) is a disc around the reference position. A row
  whose own geometry is a line or an area is measured as it lies. Where such a place crosses the line by more than
  the line's error, `side_shares` tells how much of it (of its area on the ellipsoid, or of its length) lies on which
  side, but not of discs of a convention radius, which have no real edge.
"""

from __future__ import annotations

from geomap.join.table import Sides, join_borders, side_of

__all__ = ["Sides", "join_borders", "side_of"]
