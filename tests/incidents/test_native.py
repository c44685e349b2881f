from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geomap.incidents import read_incidents, templates
from geomap.incidents.native import CLAIM_HEADER, INCIDENT_HEADER
from geomap.incidents.schema import check, conform
from geomap.types import INCIDENTS


def test_a_new_projects_files_read_without_a_problem(tmp_path: Path) -> None:
    for name, text in templates().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    read_in = read_incidents(tmp_path / "incidents.csv")
    assert read_in.problems == []
    assert [file.preset for file in read_in.files] == ["claims", "native"]
    assert not [note for file in read_in.files for note in file.notes if "not used" in note]
    [row] = read_in.table.to_dict("records")
    assert (str(row["start"]), row["utc_offset"], row["time_precision"]) == ("2022-09-01 10:30:00", 240, "about")
    assert read_in.claims["place_ref"].tolist() == read_in.table["id"].tolist()


def test_the_headers_are_the_schemas(tmp_path: Path) -> None:
    assert INCIDENT_HEADER[:4] == ("id", "report_id", "start", "end")
    assert {"lon", "lat"} <= set(INCIDENT_HEADER)
    assert not {"geometry", "file", "row"} & set(INCIDENT_HEADER)
    assert CLAIM_HEADER[0] == "claim_id"


def test_a_table_that_differs_from_the_schema_is_named() -> None:
    table = conform(gpd.GeoDataFrame({"id": ["a"], "geometry": [None]}), INCIDENTS)
    with pytest.raises(ValueError, match="report_id is empty in 1 rows"):
        check(table)
    with pytest.raises(ValueError, match="columns are"):
        check(table.drop(columns="row"))
    with pytest.raises(ValueError, match="id is int64"):
        check(table.assign(id=1))
    relation = next(column for column in INCIDENTS if column.name == "relation")
    with pytest.raises(ValueError, match="relation holds words other than at, near"):
        check(pd.DataFrame({"relation": pd.array(["at", "by"], dtype="string")}), [relation])
