"""Kinds of place, and the words that name a kind inside a place name ("Lake Sevan", "Laçın rayonu", "г. Горис").

The words are dictionary words of twelve languages with the cases that reports use ("в селе", "kəndində", "գյուղում").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from geomap.gazetteer.words.endings import endings, translated
from geomap.gazetteer.words.names import fold

__all__ = ["KINDS", "SETTLEMENTS", "UNITS", "Named", "endings", "translated", "without_kind"]

KINDS = (
    "town", "village", "district", "province", "country", "region", "lake", "sea", "river", "mountain", "pass", "mine",
    "island", "road", "post",
)  # fmt: skip
SETTLEMENTS = ("town", "village")
UNITS = ("district", "province", "country", "region")

_WORDS: dict[tuple[str, ...], str] = {
    SETTLEMENTS: """
        village villages town township city settlement hamlet commune locality kənd kəndi kəndində kəndinin
        kəndindən kəndinə qəsəbə qəsəbəsi qəsəbəsində şəhər şəhəri şəhərində şəhərinin köy köyü köyünde kasaba
        kasabası şehir şehri şehrinde gund bajar գյուղ գյուղը գյուղի գյուղում գյուղից գյուղին քաղաք քաղաքը
        քաղաքի քաղաքում քաղաքից ավան ավանը ավանի բնակավայր село селе села селу селом деревня деревне деревни
        деревню посёлок поселок поселке посёлке поселка посёлка город городе города городу городом пгт аул
        станица хутор місто місті міста селище სოფელი სოფელ სოფელში სოფლის ქალაქი ქალაქ ქალაქში ქალაქის დაბა
        روستای روستا شهر قریه قصبه ده مدينة قرية بلدة ville village stadt dorf ciudad pueblo villa
    """,
    (*SETTLEMENTS, "district"): """
        community communities municipality համայնք համայնքը համայնքի համայնքում bələdiyyə община
    """,
    ("district", "region"): """
        district districts rayon rayonu rayonunda rayonunun rayonundan rayonuna raion raionu raioni county
        canton department prefecture ilçe ilçesi ilçesinde uyezd oblastı район района районе районом району
        уезд уезда повіт շրջան շրջանը շրջանի շրջանում რაიონი რაიონის რაიონში მუნიციპალიტეტი شهرستان بخش منطقة قضاء ناحية
        arrondissement kreis landkreis bezirk distrito comarca
    """,
    ("province",): """
        province marz marzi governorate wilayat wilayah vilayet vilayeti ili ilinde viloyat vilayət vilayəti
        մարզ մարզը մարզի մարզում провинция провинции марз марза марзе استان محافظة ولاية provinz provincia
        departamento ostan
    """,
    ("province", "district", "region"): """
        region oblast kray krai okrug republic область области областью обл край края крае округ республика
        республики մարզում მხარე მხარის région región gebiet bölge bölgesi bölgəsi
    """,
    ("lake",): """
        lake lakes reservoir loch göl gölü gölünde gölündə lich լիճ լճի լճում լիճը ջրամբար baraj barajı озеро
        озера озере водохранилище ტბა ტბის წყალსაცავი دریاچه بحيرة lac lago embalse stausee
    """,
    ("sea",): """
        sea ocean gulf bay strait sound channel dəniz dənizi deniz denizi körfəz körfəzi körfezi boğazı ծով
        ծովի ծոց օվկիանոս море моря океан залив пролив ზღვა ყურე دریای دریا خلیج تنگه بحر خليج مضيق mer golfe
        détroit baie meer golf bucht mar golfo estrecho bahía
    """,
    ("island",): """
        island islands isle archipelago ada adası adaları կղզի կղզու остров острова архипелаг კუნძული جزیره
        جزيرة île îles insel inseln isla islas
    """,
    ("mountain",): """
        mount mountain mountains mt mtn peak summit hill hills heights height ridge range volcano dağ dağı
        dağları zirvə zirvəsi tepe tepesi təpə təpəsi silsiləsi ler lerr սար սարը սարի լեռ լեռը լեռան լեռներ
        գագաթ բլուր гора горы горе горой высота высоте высоты хребет вулкан მთა მთის ქედი کوه قله جبل mont
        montagne massif berg gebirge gipfel monte montaña cerro sierra
    """,
    ("pass",): """
        pass aşırım aşırımı geçidi lernantsk լեռնանցք լեռնանցքը լեռնանցքի перевал перевала перевале უღელტეხილი
        گردنه col puerto
    """,
    ("mine",): """
        mine mines goldmine quarry yatağı mədən mədəni filizi հանք հանքը հանքի հանքավայր հանքավայրը рудник
        рудника месторождение месторождения карьер მაღარო معدن منجم bergwerk mina
    """,
    ("river",): """
        river creek stream çay çayı nehri ırmağı գետ գետը գետի река реки реке рекой მდინარე رود رودخانه نهر
        rivière fleuve fluss río arroyo
    """,
    ("road",): """
        road highway motorway street corridor yol yolu yolunda şose magistralı dəhlizi ճանապարհ ճանապարհը
        մայրուղի միջանցք дорога дороги дороге трасса трассы шоссе коридор коридора გზა გზატკეცილი جاده طريق
        route straße autobahn carretera
    """,
    ("post",): """
        post outpost checkpoint station base дозор пост поста посту блокпост məntəqəsi postu դիրք հենակետ
        პოსტი پاسگاه
    """,
    ("region",): """
        cape peninsula valley gorge canyon desert steppe plain plateau burnu yarımadası vadisi dərəsi հովիտ
        կիրճ թերակղզի мыс полуостров долина ущелье ხეობა ნახევარკუნძული وادي دشت cap péninsule vallée cabo
        valle
    """,
    ("country",): """
        republic state kingdom republika respublikası cumhuriyeti հանրապետություն республика
    """,
}
_SHORT: dict[tuple[str, ...], str] = {
    SETTLEMENTS: "г с п д х ст пос дер сел гор пгт с-ще м գ ք şəh qəs k ş vill სოფ ქ",
    ("district", "region"): "р-н р-на р-не dist distr",
    ("province",): "prov",
    ("province", "district", "region"): "обл reg",
    ("lake",): "оз",
    ("river",): "р",
    ("mountain",): "mt mtn хр выс",
    ("island",): "о о-в",
}
"""Abbreviations, read only with their dot; those with a hyphen also without."""
_JOINING = re.compile(r"^(?:(?:[Oo]f|de|du|des|del|der|von) )?(?:(?:[Tt]he|la|le|les|los|las|das|die|der) )?")
_AROUND = re.compile(r"^(?:the|in|at|в|на|у|из|под) (?=\S+ \S)|,? (?:of|the)$", re.IGNORECASE)
_TRAILING = re.compile(r",? (?:gold|copper|qızıl|mis|ոսկու|золоторудное|золотой|of)$", re.IGNORECASE)
"""What stands between a name and the word for its kind: "of the", the metal of a mine."""
_NO_NAME = frozenset(["", "of", "the", "of the", "in", "in the", "at", "at the", "de", "de la", "du", "gold", "copper"])
_ABBREVIATED = re.compile(r"\s*([^\W\d_]{1,4}|р-не?|р-на|о-в|с-ще)\.\s*(?=\w{2})|\s*(р-не?|р-на|о-в)\s+")


class Named(NamedTuple):
    """A name without the word for its kind, and the kinds that the word allows."""

    name: str
    kinds: tuple[str, ...]


def without_kind(text: str) -> Named | None:
    """Split the word for a kind from the end or the front of a name, or return None when there is no such word.

    Abbreviations count only with their dot ("г. Горис", "с.Тех"). Words that tell places of one name apart ("Upper",
    "Nor", "Verin") stay.

    >>> without_kind("Lake Sevan")
    Named(name='Sevan', kinds=('lake',))
    >>> without_kind("Laçın rayonu").kinds
    ('district', 'region')
    """
    text = _AROUND.sub("", " ".join(text.split()))
    return _without_short(text) or _without_word(text)


def _without_word(text: str) -> Named | None:
    words = text.split()
    if len(words) < 2:
        return None
    for word, rest, joint in ((words[-1], words[:-1], _TRAILING), (words[0], words[1:], _JOINING)):
        kinds = _kinds_of().get(fold(word))
        name = joint.sub("", " ".join(rest)).strip(" ,()")
        if kinds and fold(name) not in _NO_NAME:
            return Named(name, kinds)
    return None


def _without_short(text: str) -> Named | None:
    short = _ABBREVIATED.match(text)
    if short:
        kinds, rest = _short_kinds().get((short[1] or short[2]).casefold()), text[short.end() :]
    else:
        rest, _, last = text.rpartition(" ")
        kinds = _short_kinds().get(last.rstrip(".").casefold()) if last.endswith(".") or "-" in last else None
    name = rest.strip(" ,()")
    return Named(name, kinds) if kinds and len(fold(name)) > 1 else None


@cache
def _kinds_of() -> dict[str, tuple[str, ...]]:
    return _table(_WORDS, fold)


@cache
def _short_kinds() -> dict[str, tuple[str, ...]]:
    return _table(_SHORT, str.casefold)


def _table(words: dict[tuple[str, ...], str], change: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Return each word with its kinds; a word of several lines has the kinds of all."""
    found: dict[str, tuple[str, ...]] = {}
    for kinds, line in words.items():
        for word in map(change, line.split()):
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *kinds)))
    return found
