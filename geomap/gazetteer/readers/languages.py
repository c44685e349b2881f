"""Languages and scripts of names: three-letter codes, and the most spoken language of each country."""

from __future__ import annotations

import re
from typing import Final

from geomap.gazetteer.words.names import script

_TWO_LETTERS: Final = (
    "aar:aa abk:ab adp:dz afr:af aka:ak alb:sq als:sq amh:am ara:ar arb:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay "
    "ayr:ay aze:az azj:az bak:ba bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs "
    "cha:ch che:ce chi:zh chu:cu chv:cv cls:sa cmn:zh cor:kw cos:co cre:cr cwd:cr cym:cy cze:cs dan:da deu:de div:dv "
    "drh:mn dut:nl dzo:dz ekk:et ell:el eng:en epo:eo esk:ik est:et eus:eu ewe:ee fao:fo fas:fa fat:ak fij:fj fin:fi "
    "fra:fr fre:fr fry:fy fuc:ff ful:ff gaz:om geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn gug:gn guj:gu "
    "hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii ike:iu iku:iu ile:ie "
    "ina:ia ind:id ipk:ik isl:is ita:it jav:jv jaw:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khk:mn khm:km "
    "kik:ki kin:rw kir:ky kmr:ku knc:kr kng:kg kom:kv kon:kg kor:ko kpv:kv kua:kj kur:ku lao:lo lat:la lav:lv lim:li "
    "lin:ln lit:lt ltz:lb lub:lu lug:lg lvs:lv mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mol:ro "
    "mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no npi:ne nya:ny "
    "oci:oc ojg:oj oji:oj ori:or orm:om ory:or oss:os pan:pa pbu:ps per:fa pes:fa pli:pi plt:mg pol:pl por:pt prp:gu "
    "pus:ps que:qu quz:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa scc:sr scr:hr sin:si slk:sk slo:sk slv:sl "
    "sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq src:sc srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv swh:sw "
    "tah:ty tam:ta tat:tt tel:te tgk:tg tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:ak uig:ug ukr:uk "
    "urd:ur uzb:uz uzn:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh ydd:yi yid:yi yor:yo zha:za zho:zh zsm:ms "
    "zul:zu zyb:za"
)
SHORT: Final = {pair[:3]: pair[4:] for pair in _TWO_LETTERS.split()}
"""ISO 639-1 code for each ISO 639-2 or 639-3 code that has one (CLDR, languageAlias), as BCP 47 wants it."""

_SPOKEN: Final = {
    "aa": "ER",
    "am": "ET",
    "ar": "AE BH DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SY TN YE",
    "az": "AZ",
    "be": "BY",
    "bg": "BG",
    "bi": "VU",
    "bn": "BD",
    "bs": "BA",
    "ca": "AD",
    "cs": "CZ",
    "da": "DK",
    "de": "AT CH DE LI",
    "dv": "MV",
    "dz": "BT",
    "el": "CY GR",
    "en": (
        "AG AI AS AU BB BM BS BW BZ CA CK CM CX DM FJ FK FM GB GD GG GH GI GM GS GU GY IE IM IN IO JE JM KE KI KN "
        "KY LC LR LS MS MU NA NF NG NZ PG PN PR SB SC SH SL SS SZ TC TT UG UM US VC VG VI ZM ZW"
    ),
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE",
    "et": "EE",
    "fa": "AF IR",
    "fi": "FI",
    "fil": "MP",
    "fo": "FO",
    "fr": "BF BI BJ BL CD CF CG CI DJ FR GA GF GN GP MC MF MG ML MQ NC NE PF PM RE SN TD TF TG YT",
    "he": "IL",
    "hr": "HR",
    "ht": "HT",
    "hu": "HU",
    "hy": "AM",
    "id": "ID",
    "is": "IS",
    "it": "IT SM",
    "ja": "JP",
    "ka": "GE",
    "kk": "KZ",
    "kl": "GL",
    "km": "KH",
    "ko": "KP KR",
    "ky": "KG",
    "la": "VA",
    "lb": "LU",
    "lo": "LA",
    "lt": "LT",
    "lv": "LV",
    "mh": "MH",
    "mk": "MK",
    "mn": "MN",
    "ms": "BN CC MY",
    "mt": "MT",
    "my": "MM",
    "na": "NR",
    "nb": "NO SJ",
    "ne": "NP",
    "niu": "NU",
    "nl": "AN AW BE BQ CW NL SR SX",
    "ny": "MW",
    "pau": "PW",
    "pl": "PL",
    "pt": "AO BR CV GW MZ PT ST",
    "ro": "MD RO",
    "ru": "RU",
    "rw": "RW",
    "si": "LK",
    "sk": "SK",
    "sl": "SI",
    "sm": "WS",
    "so": "SO",
    "sq": "AL XK",
    "sr": "ME RS",
    "sv": "AX SE",
    "sw": "TZ",
    "tet": "TL",
    "tg": "TJ",
    "th": "TH",
    "tk": "TM",
    "tkl": "TK",
    "tl": "PH",
    "to": "TO",
    "tr": "TR",
    "tvl": "TV",
    "uk": "UA",
    "ur": "PK",
    "uz": "UZ",
    "vi": "VN",
    "wls": "WF",
    "zh": "CN HK MO SG TW",
    "zu": "ZA",
}
MAIN: Final = {country: language for language, countries in _SPOKEN.items() for country in countries.split()}
"""The first language that GeoNames names for each country (countryInfo.txt, languages: by number of speakers)."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


def tag(text: str) -> str | None:
    """Return a language tag in its shortest form, "" for none or an undetermined one, None for what is no language.

    Four letters name no language (RFC 5646, section 2.2.1): GeoNames' iata, icao, link, post, wkdt and the like.

    >>> tag("hye"), tag("zh-Hant"), tag("und"), tag("wkdt")
    ('hy', 'zh-Hant', '', None)
    """
    if not text:
        return ""
    if not _TAG.fullmatch(text):
        return None
    language, _, rest = text.partition("-")
    language = language.lower()
    if language in {"und", "unk", "mis", "mul", "zxx"}:
        return ""
    return "-".join(filter(None, (SHORT.get(language, language), rest)))


class Scripts:
    """Tell the scripts of many names as names.script does; each letter is looked up once."""

    def __init__(self) -> None:
        self._letters = _Letters()

    def __call__(self, text: str) -> str:
        """Return the ISO 15924 code of a name's letters, "Zyyy" for none or a mixture."""
        if text.isascii():
            return "Latn" if text.upper() != text.lower() else "Zyyy"
        found = set(text.translate(self._letters))
        return self._letters.scripts[found.pop()] if len(found) == 1 else "Zyyy"


class _Letters(dict[int, str | None]):
    """One character for each script, by letter, as str.translate looks it up; None for marks and modifier letters."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: dict[str, str] = {}
        self._marks: dict[str, str] = {}

    def __missing__(self, number: int) -> str | None:
        letter = chr(number)
        written = script(letter)
        neutral = not letter.isalpha() or (written != "Latn" and script("a" + letter) == "Latn")
        self[number] = None if neutral else self._mark(written)
        return self[number]

    def _mark(self, written: str) -> str:
        mark = self._marks.setdefault(written, chr(len(self._marks) + 1))
        self.scripts[mark] = written
        return mark
