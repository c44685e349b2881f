"""Claims of the hand-written scene: a denied one, a ceasefire, and tolls that replace each other."""

from __future__ import annotations

from typing import Any


def claim(claim_id: str, claimant: str, **more: Any) -> dict[str, Any]:
    """Describe a claim about the episode, asserted and unverified unless told otherwise."""
    return {
        "claim_id": claim_id,
        "scope": "episode",
        "claimant": claimant,
        "stance": "asserts",
        "verification": "claimed",
        **more,
    }


PM = {"claimant": "Prime Minister of Armenia", "claimant_side": "AM", "about_side": "AM", "cumulative": True}
BAKU = {"claimant": "Ministry of Defence of Azerbaijan", "claimant_side": "AZ", "about_side": "AZ", "cumulative": True}
MILITARY = {"category": "killed", "population": "military"}
CLAIMS = [
    claim(
        "C01",
        "Ministry of Defence of Armenia",
        report_id="R01",
        scope="place",
        place_ref="R01-jermuk",
        claimant_side="AM",
        category="fire",
        statement="Azerbaijani units opened fire in the direction of Jermuk.",
        published_at="2022-09-13T02:30",
        verification="denied",
        source_url="https://www.mil.am/en/news/11009",
    ),
    claim(
        "C02",
        "Ministry of Foreign Affairs of Azerbaijan",
        scope="episode",
        claimant_side="AZ",
        stance="denies",
        target_claim="C01",
        category="fire",
        statement="Azerbaijani units answered fire; civilians were not targeted.",
        published_at="2022-09-13T11:55",
        source_url="https://www.azernews.az/nation/199255.html",
    ),
    claim(
        "C03",
        "Ministry of Foreign Affairs of Russia",
        claimant_side="RU",
        category="ceasefire",
        statement="A ceasefire was agreed from 10:00.",
        published_at="2022-09-13T15:00",
        source_url="https://tass.com/world/1506687",
    ),
    claim(
        "T01",
        low=49,
        high=49,
        as_of="2022-09-13",
        published_at="2022-09-13",
        source_url="https://www.mil.am/en/news/11016",
        **PM,
        **MILITARY,
    ),
    claim("T02", low=105, high=105, as_of="2022-09-14", published_at="2022-09-14", supersedes="T01", **PM, **MILITARY),
    claim(
        "T03",
        low=135,
        high=135,
        as_of="2022-09-16",
        published_at="2022-09-16",
        supersedes="T02",
        category="killed",
        population="unspecified",
        **PM,
    ),
    claim(
        "T04",
        low=207,
        high=207,
        as_of="2022-09-19",
        published_at="2022-09-19",
        supersedes="T03",
        category="killed_or_missing",
        population="unspecified",
        **PM,
    ),
    claim("T09", low=50, high=50, as_of="2022-09-13", published_at="2022-09-13", **BAKU, **MILITARY),
    claim("T10", low=71, high=71, as_of="2022-09-15", published_at="2022-09-15", supersedes="T09", **BAKU, **MILITARY),
    claim("T11", low=79, high=79, as_of="2022-09-19", published_at="2022-09-19", supersedes="T10", **BAKU, **MILITARY),
    claim("T12", low=80, high=80, **BAKU, **MILITARY),
]
