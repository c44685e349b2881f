"""Kinds of place, and the words that name a kind inside a place name ("Lake Sevan", "Laçın rayonu")."""

from __future__ import annotations

from typing import NamedTuple

from geomap.gazetteer.names import fold

KINDS = (
    "town", "village", "district", "province", "country", "region", "lake", "river", "mountain", "pass", "mine",
    "road", "post",
)  # fmt: skip
SETTLEMENTS = ("town", "village")
UNITS = ("district", "province", "country", "region")

_WORDS: dict[tuple[str, ...], str] = {
    SETTLEMENTS: "village town city settlement kənd kəndi qəsəbə qəsəbəsi şəhər şəhəri գյուղ գյուղը քաղաք "
    "село деревня посёлок город г с пгт სოფელი ქალაქი",
    ("district", "region"): "district rayon rayonu raion raionu район района районе",
    ("province",): "province marz marzi մարզ մարզը область области",
    ("province", "district", "region"): "region oblast",
    ("lake",): "lake göl gölü lich լիճ озеро ტბა",
    ("mountain",): "mount mountain mt peak dağ dağı zirvəsi ler սար լեռ гора მთა",
    ("pass",): "pass aşırımı лернанцк լեռնանցք перевал",
    ("mine",): "mine mines goldmine yatağı mədəni filizi հանք հանքավայր рудник месторождение",
    ("river",): "river çay çayı գետ река მდინარე",
}
_KINDS_OF = {fold(word): kinds for kinds, words in _WORDS.items() for word in words.split()}
_FILLERS = frozenset(map(fold, ("of", "the", "gold", "copper", "qızıl", "mis", "ոսկու", "золоторудное", "золотой")))


class Named(NamedTuple):
    """A name without the word for its kind, and the kinds that the word allows."""

    name: str
    kinds: tuple[str, ...]


def without_kind(text: str) -> Named | None:
    """Split the word for a kind from the end or the front of a name, or return None when there is no such word.

    >>> without_kind("Lake Sevan")
    Named(name='Sevan', kinds=('lake',))
    >>> without_kind("Laçın rayonu").kinds
    ('district', 'region')
    """
    words = text.split()
    if len(words) < 2:
        return None
    for word, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        kinds = _KINDS_OF.get(fold(word))
        name = " ".join(each for each in rest if fold(each) not in _FILLERS)
        if kinds and name:
            return Named(name, kinds)
    return None
