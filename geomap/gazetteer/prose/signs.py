"""What tells a place from a person, an organisation or an ordinary word in running text: tables, and no rules.

All words are compared folded (no case, no marks). The lists are short on purpose: a word belongs here when it stands
beside place names in news about the region, or is itself spelled like a place. The endings are the case endings of
nouns as school grammars of each language list them. Compiled for geomap; no list is copied.
"""

from __future__ import annotations

from typing import Final

from geomap.gazetteer.words.letters import IGNORABLE
from geomap.gazetteer.words.names import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _ending(text: str) -> str:
    """Fold an end of a name, with the blank that it may begin with."""
    return fold("x" + text)[1:]


# ---------------------------------------------------------------- letters and endings

CASELESS: Final = frozenset(map(chr, (*range(0x10D0, 0x1100), *range(0x1C90, 0x1CC0))))
"""Georgian letters: Unicode gives mkhedruli a capital form (mtavruli), but names are not written with it."""
UNSPACED: Final = frozenset(
    map(chr, (*range(0x0E00, 0x0F00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800), *range(0x3040, 0x30A0)))
) | frozenset(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
"""Letters of scripts without blanks between words: Thai, Lao, Burmese, Khmer, hiragana, Han."""
UNSEEN: Final = frozenset(map(chr, IGNORABLE))
"""Characters that are not seen."""

ENDINGS: Final = {
    "CYRILLIC": _words("а я ы и е у ю ой ей ою ею ью ом ем ым им ам ям ами ями ах ях ию ия ии"),
    "ARMENIAN": _words(
        "ի ին ը ն ում ումն ումը ից իցն ով ովն իս ու ուն ուց յ յի յին յից յով յում ան անի անը անից անում ներ ներն ներում"
    ),
    "GEORGIAN": _words("ს ში ის ით ად მა მ ზე ისა ისთვის ისკენ იდან დან თან სთან ისთან მდე ამდე ში ც შიც ის"),
}
"""Endings that a name may take, by script (the first word of its letters' Unicode names)."""
TURKIC: Final = _words(
    "da də dan dən ın in un ün nın nin nun nün a ə ya yə na nə ı i u ü nı ni nu nü yı yi yu yü la lə nda ndə ndan ndən "
    "dakı dəki ndakı ndəki lı li lu lü"
)
"""The same for Azerbaijani and Turkish, taken only where the text is in one of them."""
TURKIC_LETTERS: Final = frozenset("əƏğĞşŞıİ")
"""A text with some of these letters is in Azerbaijani or Turkish."""
STEM_ENDS: Final = frozenset(fold("аяоеыьйიаე") + "აეი")
"""Last letters that an ending replaces: Moskva, Moskve in Russian; Goris-i, Goris-shi in Georgian."""
AS_SURNAME: Final = tuple(map(fold, ("ово", "ево", "ино", "ыно")))
"""Russian names that, without their last letter, are surnames; they keep it."""
PARADIGMS: Final = {
    _ending(name): tuple(map(_ending, forms))
    for name, forms in {
        "кий район": ("кого района", "кому району", "ким районом", "ком районе"),
        "кий край": ("кого края", "кому краю", "ким краем", "ком крае"),
        "кая область": ("кой области", "кую область", "кой областью"),
        "кая республика": ("кой республики", "кой республике", "кую республику", "кой республикой"),
        " լիճ": (" լճի", " լճին", " լճում", " լճից", " լճով"),
        "ый карабах": ("ого карабаха", "ому карабаху", "ым карабахом", "ом карабахе"),
    }.items()
}
"""Names whose words are all declined, by their end."""

# ---------------------------------------------------------------- lists

ALSO: Final = tuple(
    map(str.strip, map(fold, ("and", "or", "и", "или", "та", "və", "ve", "və ya", "և", "ու", "կամ", "და")))
)
"""Words before the last name of a list, folded."""
PLURALS: Final = {
    fold(plural): kind
    for kind, plurals in {
        "district": "districts raions rayons", "region": "regions", "province": "provinces marzes", "oblast": "oblasts",
        "county": "counties", "governorate": "governorates", "community": "communities municipalities",
        "village": "villages hamlets", "town": "towns", "city": "cities", "settlement": "settlements localities",
        "lake": "lakes", "river": "rivers", "mount": "mounts", "mountain": "mountains", "mine": "mines",
        "island": "islands", "road": "roads highways",
        "rayonu": "rayonları rayonlarının rayonlarına rayonlarında rayonlarından",
        "kəndi": "kəndləri kəndlərinin kəndlərinə kəndlərində kəndlərindən",
        "şəhəri": "şəhərləri şəhərlərinin şəhərlərinə şəhərlərində şəhərlərindən",
        "район": "районы районов районам районах районами", "область": "областей областям областях областями",
        "село": "сёла сел сёл селам сёлам селах сёлах", "деревня": "деревни деревень деревням деревнях",
        "город": "города городов городам городах", "река": "рек рекам реках", "озеро": "озёр озёрам озёрах",
        "շրջան": "շրջաններ շրջանները շրջանների շրջաններում շրջաններից",
        "մարզ": "մարզեր մարզերը մարզերի մարզերում մարզերից",
        "գյուղ": "գյուղեր գյուղերը գյուղերի գյուղերում գյուղերից",
        "քաղաք": "քաղաքներ քաղաքները քաղաքների քաղաքներում քաղաքներից",
        "რაიონი": "რაიონები რაიონების რაიონებში", "სოფელი": "სოფლები სოფლების სოფლებში",
    }.items()
    for plural in plurals.split()
}  # fmt: skip
"""Words for several places of a kind, folded -> the word for one of them, which each name of a list takes.

Russian plurals that are genitives as well ("реки") are left out, but for those of settlements.
"""

# ---------------------------------------------------------------- persons

TITLES: Final = _words(
    "president premier chancellor minister secretary spokesperson spokesman spokeswoman ambassador senator congressman "
    "congresswoman general colonel major captain lieutenant sergeant admiral marshal mr mrs ms miss dr prof professor "
    "sir lord lady dame king queen prince princess sheikh imam pope patriarch catholicos bishop archbishop judge mayor "
    "governor journalist analyst correspondent singer actor actress author prezident nazir nazirin general polkovnik "
    "mayor cenab xanim президент премьер министр секретарь пресс-секретарь генерал полковник майор капитан посол "
    "депутат господин госпожа губернатор мэр аналитик журналист նախագահ վարչապետ նախարար գեներալ գնդապետ մայոր պարոն "
    "տիկին դեսպան պատգամավոր խոսնակ კაპიტანი გენერალი პრეზიდენტი პრემიერი მინისტრი ბატონი ქალბატონი"
)
"""Words before a person's name."""
PARTICLES: Final = _words("von van der den bin ibn abu de di")
"""Small words inside a person's name."""
PERSONAL: Final = _words(
    "said says told tells added adds replied answered stressed emphasised emphasized underlined noted wrote writes "
    "spoke speaks argued claimed explained insisted recalled admitted promised vowed commented declined refused denied "
    "confirmed announced accused called thinks believes hopes thanked urged congratulated tweeted resigned retired "
    "returned left arrived met visited joined died smiled nodded who whom himself herself "
    "заявил заявила сказал сказала сообщил сообщила добавил добавила отметил отметила подчеркнул подчеркнула написал "
    "написала ответил ответила считает уверен уверена ասաց ասել հայտարարեց նշեց ավելացրեց գրեց "
    "dedi deyib bildirdi bildirib söylədi söyledi yazdı"
)
"""Words after a bare name that speak for a person where the text has named one of that name."""
PASSIVES: Final = _words(
    "appointed elected born arrested detained dismissed sacked fired promoted quoted asked married buried sentenced "
    "accused convicted awarded nominated sworn speaking visiting"
)
"""The same after a form of to be, as in "was appointed"; a place is hit, shelled or evacuated."""
BEING: Final = _words("is was has had been being will would also later then")
"""Words between a name and what is said of it."""
BEFORE_PERSON: Final = tuple(
    f" {words} "
    for words in (
        "told", "asked", "quoted", "quoting", "thanked", "appointed", "arrested", "congratulated", "interviewed",
        "according to", "по словам", "как заявил", "как сообщил",
    )
)  # fmt: skip
"""Words in front of a bare name that speak for a person in the same case, folded."""
AFTER_PERSON: Final = (", who ", ", whose ", ", который ", ", которая ")
"""What stands behind a bare name of a person, folded."""

# ---------------------------------------------------------------- neighbours that say nothing

INSTITUTIONS: Final = _words(
    "ministry defence defense foreign interior government parliament army armed forces troops military embassy border "
    "borders war conflict crisis talks summit ceasefire peace prime deputy vice mfa mod pm fm republic "
    "nazirliyi müdafiə xarici respublikası prezidenti hökuməti ordusu"
)
"""Capitalised words after a country's name that leave it the country."""
DIRECTIONS: Final = _words(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast "
    "southwest northeastern northwestern southeastern southwestern greater mid nord sud est ouest centre norte sur "
    "este oeste centro coastal highlands islands capital"
)
FUNCTION_WORDS: Final = _words(
    "a about above according across after against all along already also although amid among an and another any are "
    "around as at away because before behind below between beyond both but by can could despite did do does down "
    "during each earlier early either else even every few finally first following for formerly from further had has "
    "have he hence her here his how however i if in inside instead into is it its last late later like likewise many "
    "meanwhile more moreover most much near neither never next no none nonetheless nor not now of off officials on "
    "once one only or other our out outside over overnight own past per perhaps please s same second shall she should "
    "since so some soon still such than that the their them then there therefore these they third this those though "
    "through throughout thus to today together tomorrow too toward towards two under unless unlike until up upon very "
    "via was we were what when where whereas whether which while who whom whose why will with within without would "
    "yesterday yet you your in t re ll ve d "
    "а без бы был была были было в вблизи во вот вчера где да для до его ее если есть еще же за завтра и из или им их "
    "к как когда который кто ли между мы на над накануне не нет но о об однако он она они от перед по под позже после "
    "потом при про ранее с сегодня сейчас со так также там то тогда только у уже хотя что чтобы это этот я "
    "այդ այն այս բայց դա ես եւ էլ թե իսկ իր կամ մեր մի նա նաեւ նրա նրանք որ որպես ու սա սակայն վաղը ըստ դեպի մինչեւ "
    "մոտ երեկ այսօր հետո հետ համար "
    "amma bu da də dünən ilə isə ki lakin o onun ona sonra və ya bugün sabah habelə həm üçün "
    "და არა მაგრამ ეს რომ თუ"
)
"""Words that begin a sentence with a capital and are no part of a name; also what a headline capitalises."""
SPOKEN_ENDS: Final = ("ing", "ly", "ed", "ward", "wards", "ians", "ers", "ists")
"""Ends of English words that begin sentences and are no first names: shelling, reportedly, damaged, villagers."""

# ---------------------------------------------------------------- words that are spelled like places

ORDINARY: Final = FUNCTION_WORDS | _words(
    "along angels anna bath battle best big black blue bridge buy canal castle central charm church city clear cold "
    "commerce condition cook cross date deal democrat diamond dish eagle energy enterprise experiment falls fair fate "
    "field fish flag force forest forks fort fox freedom friend general globe god gold golden good grand great green "
    "ground guide gun hall happy hard hazard high hill home hope hot hull hundred ideal independence industry "
    "intercourse justice key king lake leaders liberty light little load long love loyal male man mine mobile model "
    "moon mountain multi my nice normal novelty odd ogre old open opportunity orange order oil parade parks pass "
    "people perfect point police post power price pride process progress protection push question rare ray reading "
    "real red reform republic rich rock rugby rush salt sandwich santa saw security side simple social soldier "
    "soldiers split spot spring star start state stone story success summit sun support surprise target tank temple "
    "three time true truth troy trust turn union unity university valley victory viewpoint village war watch water "
    "wealth welcome white winner wing wolf wonder world worth young zone spokesperson coalition forces unknown "
    "мир победа правда заря восток запад север юг центр дружба труд свобода "
    "տեղ գետ լեռ ազատ նոր մեծ կենտրոն խաղաղություն yeni böyük mərkəz azad sülh"
)
"""Ordinary words that are names of places too: at the head of a sentence or in a headline they need a sign."""
PREPOSITIONS: Final = _words(
    "in at near from to toward towards around outside inside into between across through over within via off above "
    "beyond behind reached left entered of в во из под у около близ вблизи к ко на до от над за через դեպի մինչեւ"
)
"""Words before a name that are a sign of a place."""
DATE_LEADS: Final = _words("in of on by since until during last next this early mid late each every till around")
"""Words before a month that leave it one."""
AFTER_QUALIFIER: Final = _words("on in at after during where was were is by to for with since until late early before")
"""Words that may follow "Vardenis, Armenia" and leave it one place; a verb would make Armenia the one who speaks."""
SOMETHING_ELSE: Final = _words(
    "time format process agreement agreements accord accords treaty protocol protocols convention declaration corridor "
    "statement group club post times university institute airport gazette tribune derby platform line"
)
"""Words after a town's name that name something else by it: Moscow time, the Minsk process, the Lachin corridor."""
OTHER_NAMES: Final = (
    "Washington Post", "Moscow Times", "New York Times", "Los Angeles Times", "Astana Format", "Voice of America",
    "Bank of America", "Bank of Georgia", "Western Armenia", "Western Azerbaijan", "Prosperous Armenia",
    "Georgian Dream", "United Russia", "Russia Today", "France 24", "Air France", "Единая Россия", "Россия Сегодня",
    "Западная Армения", "Западный Азербайджан", "Արևմտյան Հայաստան", "Qərbi Azərbaycan", "Paris Agreement",
)  # fmt: skip
"""Names of other things that hold the name of a place, besides the shipped organisations; found whole, they hide it."""
