"""What people write around a place name, as data: phrases in four languages, winds, units, words that are no name.

A phrase is a regular expression with slots: {X} a name, {XY} two names with a joiner between them, {KM} a distance,
{EN} {RU} {HY} {AZ} a direction in a language. The first phrase that fits wins, so the narrow ones stand before the wide
ones. A phrase that puts the name into a grammatical case says which (see geomap.gazetteer.words.inflection).
"""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """Words around one or two names and the relation they state.

    `case` is a key of inflection.ENDINGS, two with a blank between them where the two names differ; `joiner` a key of
    JOINERS. `strict` is "" | proper (the name must hold a capital) | bare (nothing but the joiner says that these are
    two names, so each must look like one).
    """

    relation: str
    pattern: str
    case: str = ""
    joiner: str = ""
    strict: str = ""


JOINERS = {
    "and": " (?:and|&) ",
    "to": " to ",
    "towards": " (?:to|in the direction of|(?:on the (?:road|way) )?towards?|on the (?:road|way|axis) (?:to|of)) ",
    "dash": " - | ?[–—―] ?",
    "hyphen": "-",
    "ru_and": " и ",
    "ru_to": " до ",
    "hy_and": " (?:և|եւ|ու) ",
    "hy_to": "(?<=ից) (?:մինչև |մինչեւ |դեպի )?",
    "az_and": " (?:ilə|və) ",
    "az_to": "(?<=d[aə]n) ",
}
"""What stands between two names. "dash" gives way to "hyphen" where the names hold no dash with blanks."""

_WIND = (
    "(?:due )?(?:north|south|east|west)(?:[- ]?(?:north|south|east|west)){0,2}(?:wards?)?"
    r"|(?-i:[NS]\.? ?[EW]\.?|[NSEW]{3}|[NSEW])"
)
_ON = "(?:(?:in|on|along|at|near|off|into) )?(?:the )?"
_ROAD = "(?:main )?(?:road|highway|motorway|railway|railroad|route|axis|section|stretch|sector)"
_LINE = "(?:state |international |common )?(?:border|frontier|front ?line|line of contact|contact line)"
_PLURAL = "(?:the )?(?:(?:larger |two )?(?:villages|towns|cities|settlements|communities) of )?"
_AROUND = "(?:surroundings|environs|outskirts|suburbs?|vicinity)"
_ABOUT = "(?:about |around |some |approximately |approx\\.? |roughly |nearly |almost |just |c\\.? |ca\\.? |circa |~ ?)?"
_AWAY = "(?: away)?"
_VAGUE = "(?:a few|several|some|a couple of|many|\\d{1,3} ?[-–] ?\\d{1,3})"
_KILOMETRES = "(?:km|kms|kilomet(?:er|re)s|miles|m|met(?:er|re)s)"
_ADJECTIVE = "(?-i:(?:(?:north|south|east|west)(?:-?(?:east|west))?ern|central|downtown|rural) )?"
_IN = "(?-i:in|In(?= [^ ]+ ))"
"""Before a single name a capital In or At may belong to it: In Salah, At Tafilah."""

ENGLISH = (
    Phrase("along", f"{_ON}{{XY}} (?:{_ROAD}|direction|{_LINE})", joiner="dash", strict="proper"),
    Phrase("along", f"{_ON}{{XY}} {_ROAD}", joiner="to", strict="proper"),
    Phrase("along", f"{_ON}(?:{_ROAD}|{_LINE}) (?:between|linking|connecting|of) {_PLURAL}{{XY}}", joiner="and"),
    Phrase("along", f"{_ON}{_ROAD} from {{XY}}", joiner="to"),
    Phrase("along", f"{_ON}{_ROAD} {{XY}}", joiner="dash", strict="proper"),
    Phrase(
        "direction_of", f"{_ON}{{X}} (?:section|sector|segment|part|portion) of the (?:[^ ]+ )?{_LINE}", strict="proper"
    ),
    Phrase("along", f"{_ON}{_LINE} with {{X}}"),
    Phrase("along", f"{_ON}{{X}} {_LINE}", strict="proper"),
    Phrase("between", f"(?:halfway |midway |somewhere )?(?:in )?between {_PLURAL}{{XY}}", joiner="and"),
    Phrase("between", f"{_ABOUT}{{KM}}{_AWAY} from {{XY}}", joiner="towards"),
    Phrase(
        "near",
        f"{_ABOUT}{{KM}}{_AWAY}(?: to the| in the)? {{EN}} (?:of|from) {{X}} "
        "(?:on|along) the (?:road|way|axis|highway) (?:to|towards?|from|of) (?P<tail>.+)",
    ),
    Phrase("near", f"{_ABOUT}{{KM}}{_AWAY}(?: to the| in the)? {{EN}} (?:of|from) {{X}}"),
    Phrase("near", f"(?:less than |up to |no more than )?{_ABOUT}{{KM}}{_AWAY} from (?:the cent(?:re|er) of )?{{X}}"),
    Phrase("near", "(?:with)?in (?:a )?(?:radius of )?{KM}(?: radius)? (?:of|from|around) {X}"),
    Phrase("direction_of", f"{_VAGUE} {_KILOMETRES} (?:to the )?{{EN}} (?:of|from) {{X}}"),
    Phrase("within", f"(?:in )?the (?:{_WIND}) of {{X}}"),
    Phrase("within", f"(?:in )?(?:the )?(?:{_WIND})(?:ern)? (?:part|half) of {{X}}"),
    Phrase("direction_of", "(?:just |further |to the )?{EN} (?:of|from) {X}"),
    Phrase("from_direction_of", "from (?:the )?(?:general )?direction of {X}"),
    Phrase("from_direction_of", "from (?:the )?{X} direction", strict="proper"),
    Phrase("along", "from {XY}", joiner="to"),
    Phrase("direction_of", "(?:(?:in|into|to) )?(?:the )?(?:general )?direction (?:of|to|towards?) {X}"),
    Phrase("direction_of", "(?:heading |moving |advancing )?towards? {X}"),
    Phrase("direction_of", "(?:facing|opposite(?: to)?|across from|in front of) {X}"),
    Phrase("direction_of", f"{_ON}(?:road|highway|way) (?:to|towards?) {{X}}", strict="proper"),
    Phrase("direction_of", f"{_ON}{{X}} direction", strict="proper"),
    Phrase("near", "{X} and (?:its )?(?:surroundings|environs|surrounding (?:areas?|villages))", strict="proper"),
    Phrase("near", f"(?:(?:in|on|at|around) )?(?:the )?{{X}} (?:areas?|{_AROUND})", strict="proper"),
    Phrase("near", "(?:in |at )?(?:the )?areas? (?:of|around|near) {X}"),
    Phrase(
        "near",
        "(?:near(?:by| to)?|close to|next to|beside|adjacent to|not far(?: away)? from|in and (?:near|around)"
        "|in (?:the )?(?:immediate |close )?(?:vicinity|proximity|neighbou?rhood) (?:of|to)) {X}",
    ),
    Phrase("near", f"(?:(?:on|in|at) )?(?:the )?(?:{{EN}}(?:ern)? )?(?:{_AROUND}|edge) of {{X}}"),
    Phrase("near", "(?:just |right )?(?:around|outside(?: of)?) {X}", strict="proper"),
    Phrase("along", "along {X}", strict="proper"),
    Phrase("within", "(?:in |on )?(?:the )?(?:cent(?:re|er)|territory|interior) of {X}"),
    Phrase("within", f"(?:{_IN}|inside|within|throughout) (?:the )?{_ADJECTIVE}{{X}}", strict="proper"),
    Phrase("at", "(?-i:at|At(?= [^ ]+ )) {X}", strict="proper"),
)

_RU_ROAD = "(?:автодорог|автотрасс|дорог|трасс|шоссе|участ|направлени|отрез)[а-я]*"
RUSSIAN = (
    Phrase("between", "между (?:(?:с[её]лами|городами|деревнями|населенными пунктами) )?{XY}", "ru_ins", "ru_and"),
    Phrase("along", f"(?:(?:на|по|вдоль|в) )?{_RU_ROAD} {{XY}}", "", "dash"),
    Phrase("along", f"(?:(?:на|по|вдоль|в) )?{_RU_ROAD} между {{XY}}", "ru_ins", "ru_and"),
    Phrase("along", "(?:на |вдоль )?границ[аеыу] (?:между )?{XY}", "ru_gen", "ru_and"),
    Phrase("along", "(?:на |вдоль |у |близ )?границ[аеыу] с {X}", "ru_ins"),
    Phrase("along", "от {XY}", "ru_gen", "ru_to"),
    Phrase("near", "(?:(?:примерно|около) )?(?:в )?{KM} (?:(?:к|на) {RU} от|{RU_THAN}) {X}", "ru_gen"),
    Phrase("near", "(?:(?:примерно|около) )?(?:в )?{KM} от {X}", "ru_gen"),
    Phrase("direction_of", "(?:(?:к|на) {RU} от|{RU_THAN}) {X}", "ru_gen"),
    Phrase("within", "на (?:северо-|юго-)?(?:север|юг|восток|запад)е {X}", "ru_gen"),
    Phrase("from_direction_of", "(?:со стороны|[сиз]{1,2} направления) {X}", "ru_gen"),
    Phrase("direction_of", "по направлению к {X}", "ru_dat"),
    Phrase("direction_of", "(?:(?:в|на) )?(?:направлени[еи]|сторону) (?:на )?{X}", "ru_gen"),
    Phrase("direction_of", "(?:на )?{X} направлени[еи]", "ru_adj"),
    Phrase("direction_of", "(?:на )?(?:дорог[аеу]|по дороге) (?:в|на) {X}", "ru_acc"),
    Phrase("direction_of", "напротив {X}", "ru_gen"),
    Phrase(
        "near",
        "(?:близ|вблизи(?: от)?|возле|около|(?:недалеко|неподал[её]ку|поблизости) от|в окрестностях|на окраине"
        "|в районе|у|вокруг|за пределами) {X}",
        "ru_gen",
        strict="proper",
    ),
    Phrase("near", "(?:рядом со?|под) {X}", "ru_ins", strict="proper"),
    Phrase("within", "(?:на территории|внутри|в пределах|в центре) {X}", "ru_gen"),
    Phrase("within", "во? {X}", "ru_loc", strict="proper"),
)

_HY_ROAD = "(?:ավտո)?(?:ճանապարհ|մայրուղ|խճուղ|հատված)[ա-և]*"
ARMENIAN = (
    Phrase("between", "{XY} (?:(?:գյուղերի|բնակավայրերի|քաղաքների) )?միջ(?:և|եւ)", "hy_gen", "hy_and"),
    Phrase("along", f"{{XY}} (?:{_HY_ROAD}|ուղղությամբ|սահման[ա-և]*)", "", "dash"),
    Phrase("near", "{X} (?:մոտ |մոտավորապես |շուրջ )?{KM} (?:դեպի |հեռավորության վրա |հեռու )?{HY}", "hy_abl"),
    Phrase("near", "{X} (?:մոտ |մոտավորապես |շուրջ )?{KM} (?:հեռավորության վրա|հեռու|հեռավորությամբ)", "hy_abl"),
    Phrase("direction_of", "{X} (?:դեպի )?{HY}", "hy_abl"),
    Phrase("from_direction_of", "{X} ուղղությունից", "hy_gen"),
    Phrase("direction_of", "{X} (?:ուղղությամբ|ուղղությունում|ուղղություն|հատվածում|դիմաց)", "hy_gen"),
    Phrase("direction_of", "դեպի {X}"),
    Phrase(
        "near",
        "{X} (?:մոտ|մոտակայքում|մոտակայք|մոտերքում|մերձակայքում|շրջակայքում|շրջակայք|հար[եւև]+անությամբ|մատույցներում)",
        "hy_gen",
    ),
    Phrase("within", "{X} տարածքում", "hy_gen"),
    Phrase("along", "(?P<pair>[ա-և]+ից (?:մինչև |մինչեւ |դեպի )?[ա-և]+)", "hy_abl -", "hy_to", "bare"),
    Phrase("within", "(?P<x>[ա-և -]+ում)", "hy_loc"),
)

AZERBAIJANI = (
    Phrase("between", "{XY} (?:(?:kəndləri|şəhərləri|yaşayış məntəqələri) )?arasında(?:kı)?", "", "az_and"),
    Phrase("along", "{XY} (?:(?:avtomobil|magistral|dövlət|şərti) )*(?:yol|istiqamət|sərhəd)[a-zəıöüğşç]*", "", "dash"),
    Phrase("along", "{XY} (?:qədər|kimi)", "az_abl az_dat", "az_to"),
    Phrase("near", "{X} (?:təxminən )?{KM} (?:məsafədə )?{AZ}", "az_abl"),
    Phrase("near", "{X} (?:təxminən )?{KM} (?:məsafədə|aralıda|uzaqlıqda|kənarda)", "az_abl"),
    Phrase("direction_of", "(?P<x>.+d[aə]n) {AZ}", "az_abl"),
    Phrase("direction_of", "{X} {AZ}", "az_gen"),
    Phrase("from_direction_of", "{X} (?:istiqamətindən|tərəfdən)", "az_gen"),
    Phrase("direction_of", "{X} (?:istiqaməti(?:n(?:də|ə|dəki))?|qarşısında|tərəfə)", "az_gen"),
    Phrase(
        "near", "{X} (?:yaxınlığında(?:kı)?|yaxınlığı|ətrafında(?:kı)?|ətrafı|civarında|yanında|kənarında)", "az_gen"
    ),
    Phrase("near", "{X} yaxın(?:da)?", "az_dat"),
    Phrase("within", "{X} ərazisində", "az_gen"),
    Phrase("within", "(?P<x>.+ (?:rayonunda|kəndində|şəhərində|qəsəbəsində|gölündə|dağında))", "az_kind"),
    Phrase("within", "(?P<x>(?=.*(?-i:[əığƏĞ]))[^ ]{3,}d[aə])", "az_loc", strict="proper"),
)

_UNMARKED = (
    Phrase("along", "{XY}", joiner="to", strict="bare"),
    Phrase("along", "{XY}", joiner="dash", strict="bare"),
)
"""What is read as two names when nothing else fits; the caller has found no place that bears the whole."""

PHRASES = (*ENGLISH, *RUSSIAN, *ARMENIAN, *AZERBAIJANI, *_UNMARKED)

_ROSE = "n nne ne ene e ese se sse s ssw sw wsw w wnw nw nnw"
WINDS = {wind: 22.5 * i for i, wind in enumerate(_ROSE.split())}
"""The sixteen winds, in degrees clockwise from north."""
QUARTERS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "север": "n", "юг": "s", "юж": "s", "восто": "e",
    "запад": "w", "հյուսիս": "n", "հարավ": "s", "արևել": "e", "արեւել": "e", "արևմուտ": "w", "արեւմուտ": "w",
    "şimal": "n", "cənub": "s", "şərq": "e", "qərb": "w",
}  # fmt: skip
"""Stem -> quarter; "северо-восточнее" is n, e."""

UNITS_KM = {
    "km": 1.0, "kms": 1.0, "kilometre": 1.0, "kilometer": 1.0, "kilometres": 1.0, "kilometers": 1.0, "kilometr": 1.0,
    "mi": 1.609344, "mile": 1.609344, "miles": 1.609344, "nautical miles": 1.852, "nautical mile": 1.852,
    "m": 0.001, "metre": 0.001, "meter": 0.001, "metres": 0.001, "meters": 0.001, "metr": 0.001,
    "yards": 0.0009144, "ft": 0.0003048, "feet": 0.0003048,
    "км": 1.0, "километр": 1.0, "километра": 1.0, "километров": 1.0, "километрах": 1.0, "километре": 1.0,
    "м": 0.001, "метров": 0.001, "метрах": 0.001, "կմ": 1.0, "կիլոմետր": 1.0, "մ": 0.001, "մետր": 0.001,
}  # fmt: skip
"""Unit -> kilometres; the mile, yard and foot of 1959 and the nautical mile, exactly (NIST SP 811, appendix B)."""
NUMBER_WORDS = {
    "half a": 0.5, "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "hundred": 100.0,
}  # fmt: skip

SLOTS = {
    "{X}": "(?P<x>.+?)",
    "{XY}": "(?P<pair>.+?)",
    "{KM}": rf"(?P<number>\d{{1,4}}(?:[.,]\d{{1,3}})?|{'|'.join(NUMBER_WORDS)})[ -]?"
    rf"(?P<unit>{'|'.join(sorted(UNITS_KM, key=len, reverse=True))})",
    "{EN}": f"(?P<wind>{_WIND})",
    "{RU}": "(?P<wind>(?:северо-|юго-)?(?:север|юг|восток|запад)[уе]?)",
    "{RU_THAN}": "(?P<than>(?:северо-|юго-)?(?:севернее|южнее|восточнее|западнее))",
    "{HY}": "(?P<wind>(?:հյուսիս|հարավ|ար(?:և|եւ)(?:ել|մուտ))[ա-և]*(?:-ար(?:և|եւ)(?:ել|մուտ)[ա-և]*)?)",
    "{AZ}": "(?P<wind>(?:şimal|cənub|şərq|qərb)(?:-(?:şərq|qərb))?(?:in)?(?:d[aə]n?|[aə]|ınd[aə]n?|ind[aə]n?|ın[aə])?)",
}

LEAD = (
    "(?:a|an|the|two|several|some|just|right|immediately|directly|somewhere|located|situated|deployed|stationed|in|on|at"
    "|military|combat|border|army|Armenian|Azerbaijani|positions?|posts?|outposts?|checkpoints?|villages?|settlements?"
    "|towns?|areas?|heights?|hills?|mountains?|forests?|fields?|places?|points?|locations?|sites?|roads?"
    "|участке границы|позици[ияй]|участке|село|сёла|деревня|на|դիրքեր[ա-և]*|mövqelər[a-zəıöüğşç]*)"
)
"""What may stand before a phrase without changing where it is: "positions facing Sotk", "a village near Obo"."""

NESTED = (
    "section of|sector of|near|nearby|close to|next to|between|towards?|facing|opposite|from|along"
    "|outside|vicinity|direction|outskirts|km|kilomet(?:re|er)s?|miles|между|близ|около|в районе|в направлении"
)
"""Words of a second phrase: a name that holds one is none."""

LISTED = (
    "(?:villages|towns|cities|settlements|communities|districts|regions|provinces|с[её]л|городов|деревень|районов"
    "|населенных пунктов|գյուղերի|kəndləri)"
)
"""A list follows: several places, not one."""

_NO_NAMES = (
    "a an the of in on at to and or his her its their our this that these those here there it them us both all any "
    "some same other another each every several various different unknown unspecified opposite wrong right left "
    "general border borders frontier line front frontline contact area areas zone sector section position positions "
    "post posts checkpoint base camp school market mosque church hospital airport station bridge house home homes "
    "building square street road highway route way settlements villages towns cities centre center downtown suburb "
    "outskirts capital military residential industrial rural urban populated civilian target coalition forces army "
    "troops place location islands middle north south east west northeast northwest southeast southwest northern "
    "southern eastern western central km kms m mi mile miles kilometre kilometres kilometer kilometers metre metres "
    "meter meters feet yards monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december noon midnight morning evening night today yesterday "
    "границы границе граница границей фронта линии села сел район района районе км м позиции позиций սահման սահմանի "
    "sərhəd sərhədi"
)
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words that alone make no name, folded: a row that says "near the border" names no place."""
