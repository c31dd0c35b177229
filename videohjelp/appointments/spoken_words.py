"""The words for days, months, numbers and clock times, as people in Western Norway write them.

Bokmål, nynorsk, dialect, English, and common typing errors. A new spelling is added here; words are
in small letters. Where a word means something else in ordinary text ("man", "fri", "sat"), it
stands in the list of abbreviations, which count only right before a number.
"""

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

WEEKDAYS: dict[str, int] = {
    word: weekday
    for weekday, words in {
        MONDAY: "mandag måndag mandagen måndagen manda månda mondag madnag mandg mandga mondå"
        " monday",
        TUESDAY: "tirsdag tysdag tisdag tirsdagen tysdagen tisdagen tirsda tysda tisda tyrsdag"
        " trisdag tirdag tirsdg tirsdga tirs tys tuesday tusday tuesdey tues",
        WEDNESDAY: "onsdag onsdagen onsda onsdg onsdga osndag onsag odnsdag ons wednesday wensday"
        " wendsday wednsday weds",
        THURSDAY: "torsdag torsdagen torsda torsdg torsdga tosrdag torsag tordag tors hosdag"
        " thursday thurday thursdey thurs",
        FRIDAY: "fredag fredagen freda fredg fredga feredag friday fryday",
        SATURDAY: "lørdag laurdag lørdagen laurdagen lørda laurda løurdag lårdag lørdg lødag"
        " lauredag lørdga saturday saterday",
        SUNDAY: "søndag sundag søndagen sundagen sønda sunda søndg sødnag sunday",
    }.items()
    for word in words.split()
}
WEEKDAY_ABBREVIATIONS: dict[str, int] = {
    "man": MONDAY,
    "mån": MONDAY,
    "mon": MONDAY,
    "tir": TUESDAY,
    "tue": TUESDAY,
    "wed": WEDNESDAY,
    "tor": THURSDAY,
    "thu": THURSDAY,
    "thur": THURSDAY,
    "fre": FRIDAY,
    "fred": FRIDAY,
    "fri": FRIDAY,
    "lør": SATURDAY,
    "laur": SATURDAY,
    "sat": SATURDAY,
    "søn": SUNDAY,
    "sun": SUNDAY,
}  # These are ordinary words too, and before a clock time they are a weekday only with a point.
DOUBTFUL_ABBREVIATIONS = ("man", "mon", "fri", "sat", "sun", "tor")

PARTS_OF_DAY = (
    "morgen|morgon|morgonen|morgenen|morran|morraen|formiddag|formiddagen|føremiddag|føremiddagen"
    "|ettermiddag|ettermiddagen|kveld|kvelden|morning|afternoon|evening"
)

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "januar jan january janur januari janaur",
            "februar feb febr february febuar feburar februari",
            "mars mar march marts",
            "april apr aprill",
            "mai maj may",
            "juni jun june",
            "juli jul july",
            "august aug agust augst",
            "september sep sept septemer sebtember septembar",
            "oktober okt october oct oktoper oktobar",
            "november nov novemer novenber novembar",
            "desember des december dec desmber decembar desembr desembar decemer desemer",
        ),
        start=1,
    )
    for word in words.split()
}
ENGLISH_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)

_NUMBERS: dict[int, str] = {
    1: "en ein ei et ett eitt één one a an",
    2: "to tvo two",
    3: "tre tri tree three",
    4: "fire fira four",
    5: "fem femm five",
    6: "seks sekks six",
    7: "sju syv sjau seven",
    8: "åtte åtta otte eight",
    9: "ni nie nine",
    10: "ti tie ten",
    11: "elleve elve elva ellåve eleven",
    12: "tolv toll tolf twelve",
    13: "tretten thirteen",
    14: "fjorten fourteen",
    15: "femten fifteen",
    16: "seksten seisten sixteen",
    17: "sytten søtten seventeen",
    18: "atten eighteen",
    19: "nitten nineteen",
    20: "tjue tyve twenty",
    21: "tjueen tjueein tjueett enogtyve twenty-one",
    22: "tjueto toogtyve twenty-two",
    23: "tjuetre tjuetri treogtyve twenty-three",
    30: "tretti tredve thirty",
}
NUMBERS: dict[str, int] = {
    word: number for number, words in _NUMBERS.items() for word in words.split()
}
_ARTICLES = frozenset({"en", "ein", "ei", "et", "a", "an"})
_LAST_HOUR = 23
HOURS: dict[str, int] = {
    word: number
    for word, number in NUMBERS.items()
    if number <= _LAST_HOUR and word not in {"et", "a", "an"}
}
# Without "klokka" before it an article is never an hour ("torsdag en gang").
BARE_HOURS: dict[str, int] = {
    word: number for word, number in HOURS.items() if word not in _ARTICLES
}
# The minutes in "klokken ti tretti", "ten fifteen".
MINUTES_AFTER: dict[str, int] = {
    "null null": 0,
    "nullnull": 0,
    "ti": 10,
    "femten": 15,
    "fifteen": 15,
    "tjue": 20,
    "twenty": 20,
    "tretti": 30,
    "thirty": 30,
    "førti": 40,
    "forty": 40,
    "førtifem": 45,
    "forty-five": 45,
    "forty five": 45,
    "femti": 50,
    "fifty": 50,
}

_UNITS_OF_ORDINALS: dict[int, str] = {
    1: "første fyrste fyste first",
    2: "andre annen second",
    3: "tredje third",
    4: "fjerde fourth",
    5: "femte fifth",
    6: "sjette sixth",
    7: "sjuende syvende sjuande seventh",
    8: "åttende åttande eighth",
    9: "niende niande ninth",
}
_TEENS_OF_ORDINALS: dict[int, str] = {
    10: "tiende tiande tenth",
    11: "ellevte elvte ellefte eleventh",
    12: "tolvte tolfte twelfth",
    13: "trettende trettande thirteenth",
    14: "fjortende fjortande fourteenth",
    15: "femtende femtande fifteenth",
    16: "sekstende sekstande sixteenth",
    17: "syttende syttande søttande seventeenth",
    18: "attende attande eighteenth",
    19: "nittende nittande nineteenth",
    20: "tjuende tjuande tyvende twentieth",
    30: "trettiende trettiande tredevte thirtieth",
}


def _ordinals() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in (_UNITS_OF_ORDINALS | _TEENS_OF_ORDINALS).items():
        found.update((word, number) for word in words.split())
    for unit, words in _UNITS_OF_ORDINALS.items():
        for word in words.split():
            for twenty in ("tjue{}", "tjue {}", "twenty-{}", "twenty {}"):
                found[twenty.format(word)] = 20 + unit
    for word in ("første", "fyrste"):
        found["tretti" + word] = 31
    for word in ("thirty-first", "thirty first", "enogtredevte", "enogtrettiende"):
        found[word] = 31
    for unit, cardinal in enumerate(
        ("en", "to", "tre", "fire", "fem", "seks", "syv", "åtte", "ni"), start=1
    ):
        found[f"{cardinal}ogtyvende"] = 20 + unit
    return found


ORDINALS: dict[str, int] = _ordinals()

TODAY = "i ?dag|i ?dagj|idå|today|tod[ae]y|todey"
PART_OF_TODAY = (
    "i ?kveld|i ?ettermiddag|i ?ettemiddag|i ?formiddag|i ?føremiddag|tonight"
    "|this (?:morning|evening|afternoon)|denne (?:ettermiddagen|kvelden|formiddagen)"
)
_MORROW = (
    "morgen|morgon|morgo|morga|morgå|morgan|morra|morrå|morro|morn|mårgå|mårgo|mårga|mårgon|mårgen"
    "|mårå|mårra|mårrå|måra|måro|mårn|mora|moro|mårje|morgin|mrg|mrgn"
)
TOMORROW = (
    f"i ?(?:{_MORROW})|imorgentidlig|imorratidlig|morgendagens?|morgondagens?|morg[ao]dagens?"
    "|tom+or+ow|tom+or+ows|tmrw|2moro"
)
DAY_AFTER_TOMORROW = (
    f"(?:i ?)?[oø]ver ?(?:i ?)?(?:{_MORROW})|(?:the )?day after tom+or+ow"
    f"|dagen etter i ?(?:{_MORROW})"
)
YESTERDAY = "i ?går|i ?gjår|i ?forgårs|i ?forigårs|i ?forrigårs|i ?førgårs|yesterday"

DAYS = "dag|dagar|dager|daga|dagan|dage|dagår|dgr|døgn|days?"
WEEKS = (
    "uke|uker|uka|uken|ukå|ukor|uge|uga|veke|veker|veka|vekå|vekor|veko|vekene|vike|vika|viker|vikå"
    "|weeks?|wk|wks"
)
MONTH_UNITS = "måned|måneder|månad|månader|månada|måneda|mnd|mnder|months?"
HOUR_UNITS = "timer|timar|tima|timå|time|tim|hours?"
QUARTER_UNITS = "kvarter|kvarters|quarters?"
MINUTE_UNITS = "minutter|minutt|minuttar|minutta|minutes?|min"

NEXT = "neste|nest|nesta|nestt|next"
COMING = (
    "førstkommende|førstkommande|fyrstkommande|først ?kommende|først ?kommande|kommende|kommande"
    "|komande|komende|nestkommende|coming|this coming"
)
THIS = "denne|denna|dinna|dena|nå på|no på|this"
PREVIOUS = "forrige|førrige|forje|førre|førra|forige|sist|siste|last|previous"
# "Siden torsdag er …" gives a reason.
SINCE = (
    r"(?:siden|sidan|sia|since)(?! \w+ (?:er|e|æ|var|blir|vert|passer|passar|ikke|ikkje|har|kan"
    r"|skal|må|is|was|does|doesn't|will|has)(?!\w))"
)
# "1000 takk".
THANKS = "takk|thanks"
AGO = "siden|sidan|sida|sia|sea|ago"
WENT = "gikk|gjekk|gjikk|jekk"
WAS = "var|va|har vært|har vore|er over|er forbi"
# "Hver torsdag", "første torsdag i februar": a rule for many days, not the day of an appointment.
NOT_ONE_DAY = (
    "hver|kvar|kver|hverje|annenhver|annakvar|annankvar|every|each"
    "|første|fyrste|andre|tredje|first|second"
)

HOLIDAY_EVES: dict[str, tuple[int, int]] = {
    "lille julaften": (23, 12),
    "lillejulaften": (23, 12),
    "litlejulaftan": (23, 12),
    "veslejulaftan": (23, 12),
    "julaften": (24, 12),
    "julaftan": (24, 12),
    "julafta": (24, 12),
    "christmas eve": (24, 12),
    "nyttårsaften": (31, 12),
    "nyttårsaftan": (31, 12),
    "new year's eve": (31, 12),
}

CLOCK = "kl|klokka|klokken|klokke|klokkå|klokko|klokkje|klokk|kloka|kloken|klåkka|klåkko|klokkan"
OVER = "over|øve|øver|øvar|åver|yve|past|after"
TO = "på|før|pao|to|before"
EVENING = r"kveld\w*|evening|tonight"
AFTERNOON = r"ettermiddag\w*|ettemiddag\w*|afternoon"
MORNING = r"(?:om|på|tidleg|tidlig) (?:mor[gn]\w*|mår[gn]\w*|natta|natten)|in the morning"
# What follows a number that is not an hour: "torsdag 2 timer", "i dag 10 personer".
NOT_AN_HOUR = (
    "tusen|hundre|thousand|hundred|"
    f"{DAYS}|{WEEKS}|{MONTH_UNITS}|{HOUR_UNITS}|{MINUTE_UNITS}|år|gonger|ganger|gong|gang|personer"
    "|personar|stykker|prosent|kg|kroner|kr|av"
)
