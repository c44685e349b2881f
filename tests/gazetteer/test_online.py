"""An online service behind the gazetteer: asked last, politely, once; its answers weigh little and say where from.

No service is reached: geopy's own Nominatim and Photon read the answers of an adapter that has none to send them to.
The answers have the form that nominatim.org and github.com/komoot/photon document.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQuotaExceeded, GeocoderTimedOut, GeocoderUnavailable
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import Geocoder

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.geocoder import GazetteerGeocoder, online_geocoder
from geomap.gazetteer.online import WithFallback
from geomap.types import Place

GORIS = Place("gn:174895", "Goris", "AM", "Syunik", "town", 46.34168, 39.51111, 2.0)
OFFLINE = Gazetteer([GORIS], "test 1", [{"name": "test", "licence": "CC0", "text": "test"}])


def hit(name: str, code: str | None = "am", number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a place as Nominatim answers it; positions differ by number, a tenth of a degree to the north."""
    said = {
        "osm_type": "node", "osm_id": number, "lat": str(39.5 + number / 10), "lon": "46.3", "class": "place",
        "type": "village", "addresstype": "village", "name": name, "display_name": f"{name}, Somewhere",
        "boundingbox": ["39.60", "39.62", "46.30", "46.32"],
    }  # fmt: skip
    return {**said, **({"address": {"country_code": code}} if code else {}), **more}


class Service:
    """Answers by name, and a note of every question."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[dict[str, list[str]]] = []
        self.times: list[float] = []

    @property
    def names(self) -> list[str]:
        return [question["q"][0] for question in self.asked]

    def reply(self, url: str) -> Any:
        self.asked.append(parse_qs(urlsplit(url).query))
        self.times.append(time.monotonic())
        answer = self.answers.get(self.names[-1], [])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def geocoder(self, make: type[Geocoder] = Nominatim) -> Geocoder:
        reply = self.reply

        class Adapter(BaseSyncAdapter):
            def get_json(self, url: str, **_: Any) -> Any:
                return reply(url)

            def get_text(self, url: str, **_: Any) -> str:
                raise AssertionError(url)

        return make(user_agent="geomap tests", adapter_factory=Adapter)


Behind = Callable[..., WithFallback]


@pytest.fixture
def behind(tmp_path: Path) -> Behind:
    """Put a service behind the small gazetteer, with one cache for the test."""

    def put(service: Service, **options: Any) -> WithFallback:
        given = {"name": "Nominatim", "cache": tmp_path / "kept.sqlite", "wait_s": 0.0, **options}
        return WithFallback(OFFLINE, service.geocoder(), **given)

    return put


# What is asked --------------------------------------------------------------------------------------------------


def test_a_known_name_is_never_asked_for(behind: Behind) -> None:
    service = Service(Goris=[hit("Goris")])
    gazetteer = behind(service)
    assert gazetteer.match("Goris") == OFFLINE.match("Goris")
    assert gazetteer.match_all(["Goris", "GORIS"]) == OFFLINE.match_all(["Goris", "GORIS"])
    assert service.asked == []


@pytest.mark.parametrize(
    "name", ["", " ", "X", "N/A", "-", "12", "\x00Kapan", "Ka\u202epan", "😀😀", "K" * 10_000, "Ка\ud800пан", "4 5 6"]
)
def test_what_is_no_name_is_never_sent(behind: Behind, name: str) -> None:
    service = Service()
    assert behind(service).match(name).status == "unknown"
    assert service.asked == []


def test_names_are_asked_once_with_countries_and_by_name_of_this_program(behind: Behind) -> None:
    service = Service(Kapan=[hit("Kapan")])
    matches = behind(service, countries=("AZ", "AM")).match_all(["Kapan", "Goris", " Kapan ", "Kapan"])
    assert [match.status for match in matches] == ["placed"] * 4
    assert [match.query for match in matches] == ["Kapan", "Goris", " Kapan ", "Kapan"]
    assert service.names == ["Kapan"]
    assert service.asked[0]["countrycodes"] == ["am,az"]
    nominatim = online_geocoder("nominatim")
    assert isinstance(nominatim, Nominatim)
    assert nominatim.headers["User-Agent"].startswith("geomap/")


def test_questions_keep_their_distance(behind: Behind) -> None:
    service = Service()
    behind(service, wait_s=0.15).match_all(["Kapan", "Meghri", "Agarak"])
    first, second, third = service.times
    assert min(second - first, third - second) >= 0.14


# What is believed -----------------------------------------------------------------------------------------------


def test_one_bearer_of_the_name_is_placed_and_says_where_from(behind: Behind) -> None:
    match = behind(
        Service(Kapan=[hit("Kapan"), hit("Kapan Road", number=2), hit("Kapan", number=3, **{"class": "shop"})])
    ).match("Kapan")
    place = match.place
    assert place is not None
    assert (match.status, match.method, match.score) == ("placed", "online", 0.5)
    assert (place.id, place.country, place.kind, place.lat) == ("online:nominatim:node/1", "AM", "village", 39.6)
    assert match.why == "online: Nominatim answers Kapan, Somewhere; (c) OpenStreetMap contributors"
    # Half the diagonal of 0.02 by 0.02 degrees at 39.6 N: 2.22 by 1.71 km on a sphere.
    assert (place.radius_km, place.radius_kind) == (pytest.approx(1.4, abs=0.05), "source")


def test_a_name_in_another_script_or_language_counts(behind: Behind) -> None:
    match = behind(Service(Капан=[hit("Kapan", namedetails={"name:ru": "Капан", "name:hy": "Կապան"})])).match("Капан")
    assert match.place is not None
    assert match.place.name == "Kapan"


@pytest.mark.parametrize("name", ["Qorvand", "Spelbrook", "Tarvast"])
def test_a_place_of_another_name_is_no_answer(behind: Behind, name: str) -> None:
    match = behind(Service(**{name: [hit("Forces Village"), hit(name, **{"class": "amenity"})]})).match(name)
    assert (match.status, match.place) == ("unknown", None)
    assert "Nominatim knows no such name either" in match.why


def test_several_bearers_are_ambiguous_also_across_the_line(behind: Behind) -> None:
    gazetteer = behind(Service(Istisu=[hit("Istisu"), hit("Istisu", "az", 5)]))
    match = gazetteer.match("Istisu", side_of=lambda _, lat: "AM" if lat < 39.8 else "AZ")
    assert (match.status, match.place, [rival.country for rival in match.rivals]) == ("ambiguous", None, ["AM", "AZ"])
    assert "on different sides of a border" in match.why
    assert "nothing to tell them apart" in gazetteer.match("Istisu").why


def test_the_scope_binds_the_service_too(behind: Behind) -> None:
    gazetteer = behind(Service(Kapan=[hit("Kapan", "ru")], Meghri=[hit("Meghri", None)]))
    assert gazetteer.match("Kapan", "AM").why.endswith("Nominatim knows no such name in AM either")
    assert gazetteer.match("Kapan", ("RU", "AM")).status == "placed"
    untold = gazetteer.match("Meghri", "AM")
    assert (untold.status, untold.place) == ("ambiguous", None)
    assert "in a country that it does not tell" in untold.why


def test_photon_is_read_alike(tmp_path: Path) -> None:
    feature = {
        "geometry": {"type": "Point", "coordinates": [46.4, 39.2]},
        "properties": {
            "osm_type": "N", "osm_id": 7, "osm_key": "place", "osm_value": "town", "type": "city", "name": "Kapan",
            "countrycode": "AM", "country": "Armenia", "state": "Syunik",
        },
    }  # fmt: skip
    service = Service(Kapan={"features": [feature]})
    gazetteer = WithFallback(OFFLINE, service.geocoder(Photon), name="Photon", cache=tmp_path / "c", wait_s=0)
    place = gazetteer.match("Kapan", "AM").place
    assert place is not None
    assert (place.id, place.kind, place.lon, place.radius_kind) == ("online:photon:N/7", "town", 46.4, "convention")


# What is kept ---------------------------------------------------------------------------------------------------


def test_answers_are_kept_also_not_found(behind: Behind) -> None:
    first, second = Service(Kapan=[hit("Kapan")]), Service()
    names = ["Kapan", "Qorvand"]
    asked = behind(first).match_all(names, "AM")
    kept = behind(second)
    assert kept.match_all(names, "AM") == asked
    assert (first.names, second.names) == (names, [])
    kept.match("Kapan", "AZ")
    assert second.names == ["Kapan"]


def test_one_cache_serves_several_services(behind: Behind) -> None:
    behind(Service(Kapan=[hit("Kapan")])).match("Kapan")
    other = Service()
    assert behind(other, name="Another").match("Kapan").status == "unknown"
    assert other.names == ["Kapan"]


def test_a_place_is_got_by_its_id(behind: Behind) -> None:
    place = behind(Service(Kapan=[hit("Kapan")])).match("Kapan").place
    later = behind(Service())
    assert later.get("online:nominatim:node/1") == place
    assert later.get("online:nominatim:node/2") is None
    assert later.get("gn:174895") == GORIS


def test_what_else_is_asked_of_a_gazetteer_is_answered_offline(behind: Behind) -> None:
    service = Service()
    gazetteer = behind(service)
    assert list(gazetteer.places) == [GORIS]
    assert gazetteer.around(46.0, 39.0) == [GORIS]
    assert ("Goris", GORIS) in list(gazetteer.spellings(["AM"]))
    assert (gazetteer.version, gazetteer.problems) == ("test 1 + online Nominatim", ())
    assert service.asked == []


def test_credits_say_how_many_names_were_asked_for(behind: Behind) -> None:
    gazetteer = behind(Service(Kapan=[hit("Kapan")]))
    gazetteer.match_all(["Kapan", "Meghri", "Goris"])
    assert gazetteer.credits[:-1] == OFFLINE.credits
    assert gazetteer.credits[-1] == {
        "name": "online: Nominatim",
        "licence": "Open Database License 1.0",
        "text": "online: Nominatim, asked for 2 names; (c) OpenStreetMap contributors",
    }


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_cache_is_refused_by_name(behind: Behind, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept.sqlite").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"kept\.sqlite: cannot be used as a cache.*delete it"):
        behind(Service()).match("Kapan")
    assert (tmp_path / "kept.sqlite").read_bytes() == content


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
        "UPDATE answer SET found = 'x'",
        "UPDATE answer SET found = '[[1]]'",
    ],
)
def test_a_foreign_or_spoilt_cache_is_refused_by_name(behind: Behind, tmp_path: Path, change: str) -> None:
    behind(Service(Kapan=[hit("Kapan")])).match("Kapan")
    with sqlite3.connect(tmp_path / "kept.sqlite") as database:
        database.execute(change)
    database.close()
    with pytest.raises(GazetteerError, match="cannot be used as a cache"):
        behind(Service()).match("Kapan")


def test_two_processes_share_a_cache(tmp_path: Path) -> None:
    code = """
import sys; from pathlib import Path
from geomap.gazetteer.answers import Asker, Cache
from geomap.gazetteer.geocoder import Found
def ask(name, countries):
    return [Found("node/1", (name,), "AM", None, 46.3, 39.5, None, name)]
asker = Asker("test", ask, Cache(Path(sys.argv[1])))
for number in range(100):
    asker.answers([f"name {number}", f"{sys.argv[2]} {number}"], ())
"""
    path = tmp_path / "new" / "kept.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "AB"]
    assert [each.wait(60) for each in running] == [0, 0]
    with sqlite3.connect(path) as database:
        (count,) = database.execute("SELECT count(*) FROM answer").fetchone()
    database.close()
    assert count == 300


# What fails -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [GeocoderTimedOut("timed out"), GeocoderUnavailable("down"), OSError("no route")])
def test_a_failure_leaves_the_name_unknown_and_is_not_kept(behind: Behind, fault: Exception) -> None:
    match = behind(Service(Kapan=fault)).match("Kapan")
    assert (match.status, match.place) == ("unknown", None)
    assert f"Nominatim did not answer: {fault}" in match.why
    assert behind(Service(Kapan=[hit("Kapan")])).match("Kapan").status == "placed"


@pytest.mark.parametrize(
    "answer", ["text", [{"lat": "x"}], [{}], {"error": "Bad request"}, [hit("Kapan", lat="nan")], 7]
)
def test_an_answer_of_another_form_places_nothing(behind: Behind, answer: Any) -> None:
    assert behind(Service(Kapan=answer)).match("Kapan").status == "unknown"


def test_a_service_that_keeps_failing_is_left_alone(behind: Behind) -> None:
    names = ["Kapan", "Meghri", "Agarak", "Sisian", "Jermuk"]
    service = Service(**dict.fromkeys(names, GeocoderUnavailable("down")))
    gazetteer = behind(service)
    matches = gazetteer.match_all(names)
    assert service.names == names[:3]
    assert "it is not asked again after: down" in matches[4].why
    assert "asked for 3 names" in gazetteer.credits[-1]["text"]


def test_a_used_up_quota_ends_it_at_once(behind: Behind) -> None:
    service = Service(Kapan=GeocoderQuotaExceeded("429"), Meghri=[hit("Meghri")])
    matches = behind(service).match_all(["Kapan", "Meghri"])
    assert [match.status for match in matches] == ["unknown", "unknown"]
    assert service.names == ["Kapan"]


def test_a_success_between_failures_counts_anew(behind: Behind) -> None:
    down = GeocoderUnavailable("down")
    service = Service(Aaa=down, Bbb=down, Kapan=[hit("Kapan")], Ccc=down, Ddd=down, Meghri=[hit("Meghri")])
    assert behind(service).match_all(["Aaa", "Bbb", "Kapan", "Ccc", "Ddd", "Meghri"])[-1].status == "placed"


def test_geocode_works_over_both(behind: Behind) -> None:
    geocoder = GazetteerGeocoder(behind(Service(Kapan=[hit("Kapan")])))
    location = geocoder.geocode("Kapan")
    assert location.raw["match"].method == "online"
