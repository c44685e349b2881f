"""What known data sets call their columns: data, no code. Plain sheets are a preset like the others.

Sources: UCDP GED Codebook 23.1 (Högbladh 2023), columns and codes; ACLED Codebook (2023) and the column names of its
exports before and after 2019; this project's types.py for the native columns.
"""

from __future__ import annotations

from geomap.types import ACLED_PRECISION, CLAIMS, INCIDENTS, UCDP_PRECISION, Licence, Preset

_OURS = tuple(column.name for column in INCIDENTS if column.name not in ("geometry", "file", "sheet", "row"))

NATIVE = Preset(
    name="native",
    title="geomap's own columns",
    columns={name: (name,) for name in (*_OURS, "lon", "lat")},
    shown_by=(("place_text", "start", "relation"),),
)

UCDP_GED = Preset(
    name="ucdp",
    title="UCDP Georeferenced Event Dataset",
    columns={
        "id": ("id",),
        "start": ("date_start",),
        "end": ("date_end",),
        "date_precision": ("date_prec",),
        "place_text": ("where_coordinates",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "coordinates": ("geom_wkt",),
        "place_code": ("where_prec",),
        "kind": ("type_of_violence",),
        "deaths_low": ("low",),
        "deaths_best": ("best",),
        "deaths_high": ("high",),
        "source_name": ("source_office",),
        "source_date": ("source_date",),
        "text": ("where_description",),
        "country_text": ("country",),
        "admin1_text": ("adm_1",),
    },
    fallbacks={"source_name": ("source_article",), "text": ("source_headline",)},
    joined={"actors": (("side_a",), ("side_b",))},
    shown_by=(("type_of_violence", "where_prec", "date_prec", "date_start", "best"),),
    codes={
        "kind": {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"},
        "date_precision": {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"},
    },
    precision=UCDP_PRECISION,
    constants={"time_precision": "none", "role": "clash", "relation": "at"},
    missing={"number_of_sources": "-1"},
    notes=("UCDP gives dates without a time zone",),
    licence=Licence(
        name="UCDP GED (CC BY 4.0)",
        citation=(
            "UCDP Georeferenced Event Dataset (GED), Uppsala Conflict Data Program, ucdp.uu.se, CC BY 4.0. "
            "Sundberg, R. and Melander, E. (2013), Introducing the UCDP Georeferenced Event Dataset, "
            "Journal of Peace Research 50(4), doi:10.1177/0022343313484347"
        ),
    ),
)

ACLED = Preset(
    name="acled",
    title="ACLED event export",
    columns={
        "id": ("event_id_cnty", "data_id"),
        "version": ("timestamp",),
        "start": ("event_date",),
        "date_precision": ("time_precision",),
        "place_text": ("location",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "place_code": ("geo_precision",),
        "kind": ("event_type",),
        "deaths_best": ("fatalities",),
        "source_name": ("source",),
        "text": ("notes",),
        "country_text": ("country",),
        "admin1_text": ("admin1",),
    },
    joined={
        "actors": (
            ("actor1",),
            ("assoc_actor_1", "ally_actor_1"),
            ("actor2",),
            ("assoc_actor_2", "ally_actor_2"),
        ),
    },
    split={"source_name": ";", "actors": ";"},
    shown_by=(
        ("event_id_cnty",),
        ("event_id_no_cnty",),
        ("event_type", "sub_event_type"),
        ("disorder_type",),
        ("assoc_actor_1",),
        ("ally_actor_1",),
    ),  # any trace of ACLED binds the file to its licence
    codes={"date_precision": {"1": "day", "2": "week", "3": "month"}},
    precision=ACLED_PRECISION,
    constants={"time_precision": "none", "role": "clash", "relation": "at"},
    notes=(
        "ACLED gives dates without a time zone",
        "fatalities of 0 can mean that none were reported",
        "ACLED forbids passing on its raw data: no notes, actors or rows leave this file",
    ),
    licence=Licence(
        name="ACLED",
        citation="ACLED (Armed Conflict Location & Event Data), acleddata.com; access date not stated in the file",
        embed_text=False,
        download=False,
        round_degrees=2,
    ),
)

PLAIN = Preset(
    name="plain",
    title="a sheet with English headings",
    columns={
        **{name: (name,) for name in _OURS},
        "id": ("id", "event id", "incident id", "incident number", "case id", "ref", "reference"),
        "report_id": ("report id", "report"),
        "start": (
            "start", "date", "event date", "incident date", "start date", "date start", "datetime", "date time", "day",
            "when",
        ),
        "end": ("end", "end date", "date end", "until"),
        "time": ("time", "local time", "event time", "time of day"),
        "utc_offset": ("utc offset", "timezone", "time zone", "tz"),
        "published_at": ("published at", "published", "publication date", "date published"),
        "place_text": (
            "place text", "place", "place name", "location", "location name", "town", "city", "village", "settlement",
            "locality", "where", "name",
        ),
        "lat": ("lat", "latitude", "y", "lat deg", "ycoord", "y coord"),
        "lon": ("lon", "long", "lng", "longitude", "x", "lon deg", "xcoord", "x coord"),
        "coordinates": ("coordinates", "coords", "geometry", "geom", "wkt", "point", "geom wkt", "position"),
        "kind": ("kind", "type", "event type", "incident type", "category", "event", "incident", "type of event"),
        "actors": ("actors", "actor", "parties", "perpetrator", "armed group"),
        "deaths_low": ("deaths low", "deaths min", "min deaths", "killed min", "min killed", "low"),
        "deaths_best": ("deaths best", "deaths", "killed", "fatalities", "dead", "number killed", "death toll", "best"),
        "deaths_high": ("deaths high", "deaths max", "max deaths", "killed max", "max killed", "high"),
        "source_name": ("source name", "source", "sources", "outlet", "publisher"),
        "source_url": ("source url", "url", "link", "source link", "links", "web address"),
        "archive_url": ("archive url", "archive", "archived", "archive link"),
        "source_date": ("source date",),
        "text": (
            "text", "notes", "note", "description", "details", "summary", "comment", "comments", "remarks",
            "what happened",
        ),
        "graphic": ("graphic", "graphic content", "sensitive"),
        "country_text": ("country text", "country", "country name"),
        "admin1_text": (
            "admin1 text", "admin1", "adm1", "adm 1", "province", "region", "state", "governorate", "oblast", "marz",
        ),
    },
    shown_by=(),
)  # fmt: skip

CLAIMS_PRESET = Preset(
    name="claims",
    title="claims about incidents",
    columns={column.name: (column.name,) for column in CLAIMS if column.name not in ("file", "row")},
    shown_by=(("claim_id", "claimant", "stance"),),
)

PRESETS = {preset.name: preset for preset in (NATIVE, UCDP_GED, ACLED, PLAIN)}
"""Presets of incident files; the first that a file's columns show reads it, and plain reads the rest."""
