"""Excerpts of our own making in the layouts of known data sets, and how a test writes and reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

UCDP_49 = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip
UCDP_41 = [
    name for name in UCDP_49
    if name not in ("relid", "code_status", "conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id",
                    "where_description", "gwnoa")
]  # fmt: skip
UCDP_ROW = {
    "id": "9001", "year": "2020", "active_year": "1", "type_of_violence": "1", "side_a": "Side one",
    "side_b": "Side two", "number_of_sources": "-1", "source_article": "An agency, 1/2-20", "where_prec": "2",
    "where_coordinates": "Exampletown", "where_description": "Exampletown (north of)", "adm_1": "Example province",
    "latitude": "6.5", "longitude": "21.25", "geom_wkt": "POINT (21.25 6.5)", "country": "Exampleland",
    "date_prec": "1", "date_start": "2020-02-01 00:00:00.000", "date_end": "2020-02-01 00:00:00.000",
    "best": "3", "high": "5", "low": "2",
}  # fmt: skip

ACLED_NOW = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
ACLED_OLD = [
    "DATA_ID", "GWNO", "EVENT_ID_CNTY", "EVENT_ID_NO_CNTY", "EVENT_DATE", "YEAR", "TIME_PRECISION", "EVENT_TYPE",
    "ACTOR1", "ALLY_ACTOR_1", "INTER1", "ACTOR2", "ALLY_ACTOR_2", "INTER2", "INTERACTION", "COUNTRY", "ADMIN1",
    "ADMIN2", "ADMIN3", "LOCATION", "LATITUDE", "LONGITUDE", "GEO_PRECISION", "SOURCE", "NOTES", "FATALITIES",
]  # fmt: skip
ACLED_ROW = {
    "event_id_cnty": "EXA12", "event_date": "13 September 2022", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Unit one", "assoc_actor_1": "Helper A; Helper B", "actor2": "Unit two",
    "country": "Exampleland", "admin1": "North", "location": "Exampletown", "latitude": "40.12345",
    "longitude": "45.98765", "geo_precision": "2", "source": "Paper one; Paper two", "notes": "A note.\nTwo lines.",
    "fatalities": "0", "timestamp": "1663200000",
}  # fmt: skip


def sheet(header: Iterable[str], *rows: Mapping[str, str]) -> str:
    """Return a CSV text; keys are matched to the header without case, and cells that a row lacks are empty."""
    header = list(header)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[row.get(name, row.get(name.lower(), "")) for name in header] for row in rows])
    return text.getvalue()
