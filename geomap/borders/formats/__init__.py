"""The files that border layers come in: each format has a small file here that turns it into a RawLayer.

`recognise` picks the format by content, `shapes` builds and checks the geometries, `schemas` finds countries and names
in the columns of known data sets.
"""
