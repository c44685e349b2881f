"""Words that take a side, which geomap and its seed use only when they quote somebody."""

from __future__ import annotations

import re

_LOADED = re.compile(
    r"\b(aggressi|provocation|liberated|occupied|enem(?:y|ies)|martyr|terrorist|sabotage group|regimes?\b|so-called)",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"https?://\S+|\"[^\"]*\"|“[^”]*”")


def own(text: str) -> str:
    """Return a text without addresses of sources and without what stands in quotation marks."""
    return _NOT_OURS.sub(" ", text)


def loaded(text: str) -> list[str]:
    """Return the loaded words that a text uses in its own voice."""
    return _LOADED.findall(own(text))
