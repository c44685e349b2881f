"""The tables and small records that pass between steps; each schema is declared once, here.

A table is a GeoDataFrame in EPSG:4326 (lon before lat). Text that is missing is `None`/NA, never "" and never 0.
A cell with several values joins them with `MANY`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

SCENE_VERSION = 1
"""Version of a map's document: counts up when an older page or program could not read it."""
MANY = " | "
"""The separator inside a cell that holds several values (actors, sources, links)."""

RELATIONS = ("at", "near", "direction_of", "from_direction_of", "along", "between", "within")
PLACE_PRECISIONS = ("exact", "settlement", "near", "area", "region", "country")
RADIUS_KINDS = ("source", "convention")
ROLES = ("clash", "threatened", "mentioned")
DATE_PRECISIONS = ("day", "range", "week", "month", "year")
TIME_PRECISIONS = ("exact", "about", "part_of_day", "none")
BORDER_STATUSES = ("delimited", "not_delimited", "disputed", "control_line", "claimed", "historical")
AREA_KINDS = ("district", "province", "country", "region", "lake", "sea", "island", "mine")
"""Kinds of place that are areas: drawn as such, never as a pin."""
POINTING_RELATIONS = ("direction_of", "from_direction_of")
"""Relations that point at a place without a distance: the place is a reference, and no radius is known."""
POINT_PRECISIONS = ("exact", "settlement", "near")
"""Precisions at which a pin may be drawn; coarser ones are areas."""


class LonLat(NamedTuple):
    """A position on WGS84, in degrees, longitude first."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its pandas dtype, its unit, whether a cell may be empty, and what it means."""

    name: str
    dtype: str
    meaning: str
    nullable: bool = True
    unit: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a reader must be told about: a row set aside, a value marked, an assumption made.

    `set_aside` marks the problems that removed a row from the map; `file` is the path as the user gave it and
    `row` the number a spreadsheet would show.
    """

    code: str
    reason: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str | None = None
    set_aside: bool = False


class Name(NamedTuple):
    """One of a place's names: its language (BCP 47), script (ISO 15924) or "", its kind, and when it was in use.

    `kind` is own | other | russian | historic | variant; own names are the official name in its own script and its
    romanisation. `valid` is an ISO 8601 interval such as "1935/1990", or "" where the source gives none.
    """

    text: str
    language: str
    kind: str
    valid: str = ""


class Place(NamedTuple):
    """A place of a gazetteer. `radius_km` is the extent that the bare name stands for.

    `feature` is the GeoNames feature code ("PPL", "ADM1"), None where the source has none.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lon: float
    lat: float
    radius_km: float
    radius_kind: str = "convention"
    population: int | None = None
    names: Sequence[Name] = ()
    source: str = ""
    note: str | None = None
    area_id: str | None = None
    """Id of a shipped drawing polygon (a district or province) that shows the place's extent."""
    seat: str | None = None
    """Id of the town that a district or province is named for; shown on its card, never used as its position."""
    held_by: str | None = None
    """A sourced note "recognised X, held by Y", with its date, for enclaves; None elsewhere."""
    feature: str | None = None


class Match(NamedTuple):
    """What a gazetteer answers: a place or None, why, and the rivals in order.

    `method` is exact | alias | folded | fuzzy | pin | online | none, or no_place for a word that names no place by
    itself. `status` is placed | ambiguous | unknown, or stretch for words that name two ends ("Sotk to Goris"): then
    `place` is None and `ends` holds the two.
    """

    query: str
    place: Place | None
    score: float
    method: str
    why: str
    status: Literal["placed", "ambiguous", "unknown", "stretch"]
    rivals: tuple[Place, ...] = ()
    relation: str | None = None
    """What the words around the name say (near, direction_of, ...); None for a bare name."""
    position: LonLat | None = None
    """Where "5 km east of Goris" points; None for the place's own reference point."""
    radius_km: float | None = None
    """Radius of what the words say; None where they say none: then the place's own, or none is known."""
    ends: tuple[Place, ...] = ()


class PinnedPlace(NamedTuple):
    """A pinned place as it stood in the gazetteer when it was decided on; WGS84 degrees."""

    name: str
    country: str | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A decision in places.lock: this name, as written, is that place, for this reason.

    `input` is the file that first used the name. `place` and `gazetteer` are what the decision rested on, `method` how
    the gazetteer offered the place for the name (exact | alias | folded | fuzzy; rival: as one of several); pin: it did
    not offer it, the editor knew. Locks of older versions lack these three.
    """

    name: str
    id: str
    reason: str
    input: str | None = None
    place: PinnedPlace | None = None
    method: str | None = None
    gazetteer: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read: path as given, format, rows, rows read, SHA-256 and what was found out about it."""

    path: str
    format: str
    rows: int
    read: int
    sha256: str
    preset: str = "native"
    notes: tuple[str, ...] = ()
    """Decisions made once for the file: encoding, delimiter, header row, day or month first."""


@dataclass(frozen=True, slots=True)
class PlacePrecision:
    """What a data set's precision code means on the map, with the source of the radius."""

    precision: str
    radius_km: float | None
    radius_kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Licence:
    """What may leave the house from a data set."""

    name: str
    citation: str
    embed_text: bool = True
    """Notes and actors' text may be put into the page."""
    download: bool = True
    """Rows may be offered as a download."""
    round_degrees: int | None = None
    """Decimals that coordinates are rounded to, or None for all."""


INCIDENTS = (
    Column("id", "string", "the source's own id, else a hash of content; stable across runs", nullable=False),
    Column("report_id", "string", "the report that names the place; several rows may share it", nullable=False),
    Column("start", "datetime64[s]", "first moment, local wall time (00:00 when only a date is known)"),
    Column("end", "datetime64[s]", "last moment, local wall time, inclusive; equals start for a moment or one day"),
    Column(
        "utc_offset", "Int32", "offset of the local time from UTC; empty when the source gives no zone", unit="minutes"
    ),
    Column("date_precision", "string", "how well the date is known", allowed=DATE_PRECISIONS),
    Column("time_precision", "string", "how well the time is known", nullable=False, allowed=TIME_PRECISIONS),
    Column("time_text", "string", "the time as the report words it, where it says more than start and end"),
    Column("published_at", "string", "when the report was published, ISO 8601 as given"),
    Column("relation", "string", "how the report ties the event to the place", nullable=False, allowed=RELATIONS),
    Column("place_text", "string", "the place as written in the source"),
    Column("geometry", "geometry", "the event's own position, only where the source gives one"),
    Column("place_precision", "string", "how well the place is known", allowed=PLACE_PRECISIONS),
    Column("place_radius_km", "Float64", "radius of the place or of the uncertainty about it", unit="km"),
    Column("radius_kind", "string", "whether the radius is the source's or a convention", allowed=RADIUS_KINDS),
    Column("role", "string", "what the place is in the report", nullable=False, allowed=ROLES),
    Column("kind", "string", "kind of event, in the source's words"),
    Column("actors", "string", "named actors, several joined by ' | '"),
    Column("deaths_low", "Int64", "low estimate of deaths as the file gives it"),
    Column("deaths_best", "Int64", "best estimate of deaths as the file gives it"),
    Column("deaths_high", "Int64", "high estimate of deaths as the file gives it"),
    Column("claimant", "string", "who says so (office or person); empty for coded data"),
    Column("claimant_side", "string", "ISO country code of the claimant's side"),
    Column("source_name", "string", "name of the source, several joined by ' | '"),
    Column("source_url", "string", "link of the source, several joined by ' | '"),
    Column("archive_url", "string", "archived copy, several joined by ' | '"),
    Column("source_date", "string", "date of the source, ISO 8601 as given"),
    Column("text", "string", "what the row says, in the file's words"),
    Column("graphic", "boolean", "content to cover until asked for", nullable=False),
    Column("duplicate_of", "string", "id of the row that this one repeats"),
    Column("country_text", "string", "country as the file names it"),
    Column("admin1_text", "string", "first-level unit as the file names it"),
    Column("file", "string", "input file as the user gave it", nullable=False),
    Column("sheet", "string", "sheet of a workbook"),
    Column("row", "Int64", "row number that a spreadsheet would show", nullable=False),
)

LOCATED = (
    Column(
        "match_status",
        "string",
        "how the row got its place",
        nullable=False,
        allowed=("coordinates", "placed", "ambiguous", "unknown", "list_only", "superseded"),
    ),
    Column("match_id", "string", "id of the matched place"),
    Column("match_name", "string", "official name of the matched place"),
    Column("match_kind", "string", "kind of the matched place"),
    Column("match_lon", "Float64", "longitude of the place's reference point", unit="degrees"),
    Column("match_lat", "Float64", "latitude of the place's reference point", unit="degrees"),
    Column("match_radius_km", "Float64", "radius that the matched place's bare name stands for", unit="km"),
    Column("match_radius_kind", "string", "whether that radius is sourced", allowed=RADIUS_KINDS),
    Column("match_country", "string", "ISO code of the country that the gazetteer gives"),
    Column("match_admin1", "string", "first-level unit that the gazetteer gives"),
    Column("match_method", "string", "exact, alias, folded, fuzzy, pin or online; empty when placed by coordinates"),
    Column("match_score", "Float64", "score of the match, 0 to 1"),
    Column("match_why", "string", "why, in words"),
    Column("match_rivals", "string", "ids of the rivals, joined by ' | '"),
    Column("match_ends", "string", "ids of the two ends of a stretch, joined by ' | '"),
)

JOINED = (
    Column("country", "string", "ISO code of the recognised sovereign at the reference point"),
    Column("country_source", "string", "layer that decided the country"),
    Column("country_also", "string", "other countries whose areas hold the reference point too, joined by ' | '"),
    Column("admin1", "string", "first-level unit"),
    Column("admin1_source", "string", "file, gazetteer or the drawing layer that gave it"),
    Column("border_id", "string", "id of the nearest border line"),
    Column("border_pair", "string", "ISO codes of its sides, 'AM-AZ'; tied pairs joined by ' | '"),
    Column("border_km", "Float64", "geodesic distance from the reference point or area to the nearest line", unit="km"),
    Column("border_km_error", "Float64", "the layer's error plus the place's radius", unit="km"),
    Column("foot_lon", "Float64", "longitude of the nearest position on the nearest line", unit="degrees"),
    Column("foot_lat", "Float64", "latitude of that position", unit="degrees"),
    Column("side", "string", "ISO code, straddles, uncertain, enclave(name), outside or no_line_for_date"),
    Column("side_shares", "string", "share of an area or stretch across the line on each side, 'AM 0.62 | AZ 0.38'"),
    Column("held_by", "string", "who holds an enclave, as sourced"),
    Column("control", "string", "ISO code of who controls the reference point at the row's date, where a layer says"),
    Column("control_source", "string", "source that says so, with the time it speaks of as an ISO interval"),
    Column("border_vintage", "string", "layer and when it was drawn, 'OSM 2026'"),
    Column("border_status", "string", "status of the nearest lines, joined by ' | '"),
    Column("border_valid", "string", "when they are in force, as '2020-11-10/2022-08-26' or '2024-05-24/..'"),
    Column("other_km_low", "Float64", "least distance to the same pair's line in other layers", unit="km"),
    Column("other_km_high", "Float64", "greatest distance to it in other layers", unit="km"),
    Column("other_sides", "string", "layers that put the place elsewhere, as 'AZ (OSM 2017)', joined by ' | '"),
    Column("other_sources", "string", "the other layers that have that line and when they were drawn, joined by ' | '"),
)

CLAIMS = (
    Column("claim_id", "string", "id of the claim", nullable=False),
    Column("report_id", "string", "report that makes it"),
    Column("scope", "string", "what the claim is about", nullable=False, allowed=("place", "district", "episode")),
    Column("place_ref", "string", "id of an incident; empty for an episode"),
    Column("relation", "string", "how it is tied to the place", allowed=RELATIONS),
    Column("claimant", "string", "office or person", nullable=False),
    Column("claimant_side", "string", "ISO country code, or UN, RU ..."),
    Column(
        "stance", "string", "asserts, denies or confirms", nullable=False, allowed=("asserts", "denies", "confirms")
    ),
    Column("target_claim", "string", "the claim that this one answers"),
    Column("about_side", "string", "whose losses or acts"),
    Column(
        "category",
        "string",
        "what kind of statement",
        allowed=(
            "killed",
            "killed_or_missing",
            "missing",
            "wounded",
            "captured",
            "displaced",
            "fire",
            "movement",
            "damage",
            "ceasefire",
            "territory",
            "other",
        ),
    ),
    Column("statement", "string", "what is asserted, in our words"),
    Column("population", "string", "who is counted", allowed=("military", "border_service", "civilian", "unspecified")),
    Column("low", "Int64", "low end of the figure; empty when not stated"),
    Column("high", "Int64", "high end of the figure; empty when not stated"),
    Column("cumulative", "boolean", "whether the figure includes earlier ones"),
    Column("as_of", "string", "when the claim stands from, ISO date or local minute"),
    Column("published_at", "string", "when it was published, ISO 8601 as given"),
    Column("supersedes", "string", "claim that this row replaces"),
    Column("relayed_by", "string", "outlet that relayed it"),
    Column("source_url", "string", "link"),
    Column("archive_url", "string", "archived copy"),
    Column(
        "verification",
        "string",
        "how far it was checked",
        allowed=("claimed", "denied", "confirmed_by_other_side", "documented", "cannot_verify"),
    ),
    Column("note", "string", "what a reader should know"),
    Column("file", "string", "input file as the user gave it", nullable=False),
    Column("row", "Int64", "row number that a spreadsheet would show", nullable=False),
)

BORDERS = (
    Column("id", "string", "id of the feature", nullable=False),
    Column(
        "role",
        "string",
        "line: measured to; area: the polygon a line came from; enclave: tested first; drawing: shown only; "
        "control: who controls an area at a date, never its sovereign",
        nullable=False,
        allowed=("line", "area", "enclave", "drawing", "control"),
    ),
    Column("side_a", "string", "ISO code, alphabetically first; of an area its country, of a control who controls it"),
    Column("side_b", "string", "ISO code of the other side"),
    Column("status", "string", "what the line is", allowed=BORDER_STATUSES),
    Column("claimed_by", "string", "ISO code of the side that claims it"),
    Column("name", "string", "name to show"),
    Column("held_by", "string", "who holds an enclave, with date and source where there is one"),
    Column("valid_from", "string", "ISO date the line came into force; empty when unknown"),
    Column("valid_to", "string", "ISO date it ceased; empty when in force"),
    Column("vintage", "string", "when it was drawn", nullable=False),
    Column("layer", "string", "short name of the layer, 'OSM'", nullable=False),
    Column("source", "string", "full origin", nullable=False),
    Column("licence", "string", "licence and credit", nullable=False),
    Column("error_km", "Float64", "how far the line may be off, and why in error_note", unit="km"),
    Column("error_note", "string", "how error_km was got"),
    Column("schematic", "boolean", "whether the line is drawn only roughly, by hand"),
    Column("repaired", "string", "what was repaired in the geometry when that was asked for"),
    Column("geometry", "geometry", "line or polygon", nullable=False),
)

ACLED_PRECISION: dict[str, PlacePrecision] = {
    "1": PlacePrecision("settlement", 5.0, "convention", "ACLED codebook: the town is known, not the point in it"),
    "2": PlacePrecision(
        "near", 25.0, "convention", "ACLED codebook: small part of a region or near a town, coded to that town"
    ),
    "3": PlacePrecision(
        "region", 50.0, "convention", "ACLED codebook: larger region, coded to a natural feature or the capital"
    ),
}
UCDP_PRECISION: dict[str, PlacePrecision] = {
    "1": PlacePrecision("settlement", 5.0, "convention", "UCDP GED codebook where_prec 1: exact place name known"),
    "2": PlacePrecision("near", 25.0, "source", "UCDP GED codebook where_prec 2: within about 25 km of a known place"),
    "3": PlacePrecision("area", 50.0, "convention", "UCDP GED codebook where_prec 3: second-level unit, its centre"),
    "4": PlacePrecision("region", 100.0, "convention", "UCDP GED codebook where_prec 4: first-level unit, its centre"),
    "5": PlacePrecision(
        "region",
        150.0,
        "convention",
        "UCDP GED codebook where_prec 5: larger than a first-level unit, or between places",
    ),
    "6": PlacePrecision("country", None, "convention", "UCDP GED codebook where_prec 6: only the country is known"),
    "7": PlacePrecision(
        "region", 150.0, "convention", "UCDP GED codebook where_prec 7: water or international airspace"
    ),
}

NEAR_RADIUS_KM = 5.0
"""Convention radius of "near a village", drawn with a soft edge that says so. A direction has none: none is known."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How a known data set names its columns: data, not code."""

    name: str
    title: str
    columns: dict[str, tuple[str, ...]]
    """Our column -> the names that files give it, best first; the first that a file has is read."""
    shown_by: tuple[tuple[str, ...], ...]
    """Sets of the file's columns, any one of which shows the preset; never where it is empty."""
    licence: Licence | None = None
    """None where the file is the user's own."""
    fallbacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Our column -> the file's columns that are read, row by row, where its own cell is empty."""
    joined: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Our column -> the file's columns (each with its other names) whose values stand in it, joined by MANY."""
    split: dict[str, str] = field(default_factory=dict)
    """Our column -> the mark that separates several values in the file's cell; MANY takes its place."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Our column -> the file's code -> our word."""
    precision: dict[str, PlacePrecision] = field(default_factory=dict)
    """The file's code of place precision -> what it means."""
    constants: dict[str, str] = field(default_factory=dict)
    """Our column -> its value in every row."""
    missing: dict[str, str] = field(default_factory=dict)
    """The file's column -> the code that means "not coded" there; how often it stands is said."""
    notes: tuple[str, ...] = ()
    """What a reader of any such file must know."""
