"""The words around a department's name: how people ask, not what they ask for."""

from __future__ import annotations

from videohjelp.directory.text import words

_FUNCTION_WORDS = """
eg æ ej e jeg i me vi du de dei dere dokker dokke han ho hun hen den det dette denne disse desse
min mi mitt mine meg oss seg sin si sitt sine dykk deres din di ditt dine er var ver vær være
vere bli blir blitt ble vart blei ha har hadde hatt hev skal skulle ska sku vil ville kan kunne
kunna må måtte bør burde får få fekk fikk fått gjer gjør gjere gjøre gjort gå går kjem kommer
komme tar ta tek gi gir gje gjev finn finne finner finst fins finnes treng trenger trengje
trenge ønsker ønskjer ynskjer lurer lurar lure veit vet vite spør spørre spørja snakke snakka
prate prata seie si sier seier ring ringe ringer ringja ringje ringt oppringt telefonere
kontakte kontaktar kontakter kontakta kontakt kontaktinfo kontaktinformasjon nå nås tak treffe
høre høyre hjelp hjelpe hjelpa send sende sendt skriv skrive hva kva ka ke hvilket hvilken
hvilke kva kven kem hvem hvor kor korr hvordan korleis koss kossen kordan åssen hvorfor kvifor
koffor når ka tid hvis viss dersom om at som og eller men for fordi så da då enn ikke ikkje kje
itte ittje inkje nei ja jo jaja takk hei heisann hallo god dag morn morna hade unnskyld beklager
vennligst venligst ver snill snilt vær please kanskje bare berre også òg litt veldig mykje mye
mer meir noe noko noen nokon nåke nokre en ein ei et eit til på ved i hos fra frå av med uten
utan mot etter før over under ut inn opp ned der her hit dit dær igjen nå no nu i dag idag
morgen morgon imorgen imorgon mårgå kveld natt går uke veke uka veka mandag måndag tirsdag
tysdag onsdag torsdag fredag lørdag laurdag søndag sundag januar februar mars april mai juni
juli august september oktober november desember klokka klokken kl time timen timar timer
timeavtale timeavtalen avtale avtalen nummer nummeret nr tlf telefon telefonen telefonnummer
telefonnummeret tlfnr tlfnummer telefonnr mobil mobilnummer direkte direktenummer nummera numre
numra adresse oppgi opplyse oppgje lege legen legar behandler behandleren behandlar behandlaren
pasient pasienten innkalling innkallingen innkallinga innkallingsbrev innkallingsbrevet brev
brevet video videotime videokonsultasjon videokonsultasjonen konsultasjon konsultasjonen samtale
samtalen mamma pappa mor far mora faren sønn dotter datter sønnen dattera dottera mannen kona
barnet skulle gjerne lov mulig mogleg raskt fort viktig rett riktig akkurat hele heile alle a an
the is are was my your our of to in at on for from by with and or can could would i me we you it
what which who where when how phone number telephone call reach contact need want have has get
give tell please thanks thank hello hi whats gjeld gjelder hjå te tror trur do does about
appointment doctor s their there nesten nestan beregn begrens
to tre tri fire fira fem seks sju syv åtte åtta ni ti elleve tolv tretten fjorten femten halv
kvart mårå mårra one two three four five six seven eight nine ten eleven twelve half quarter past
mente meinte mener meiner meinar meant mean heller istedenfor istedet isteden istaden stedet staden
instead sorry
today tomorrow monday tuesday wednesday thursday friday saturday sunday
"""

_PREPOSITIONS = "på ved i hos til frå fra at in from"

_DEPARTMENT_WORDS = """
avdeling avd avdelingen avdelinga poliklinikk poliklinikken poliklinikka polikl klinikk
klinikken klinikka sengepost sengeposten seksjon seksjonen enhet eining eininga enheten kontor
kontoret sekretariat sekretariatet ekspedisjon ekspedisjonen skranke resepsjon resepsjonen
reception timebestilling timebestillinga timebestillingen department clinic outpatient ward unit
office secretary clinics
"""

_SWITCHBOARD_WORDS = """
sentralbord sentralbordet sentralen sentral hovednummer hovudnummer hovednummeret hovudnummeret
hovedtelefon switchboard main
"""

_HOSPITAL_WORDS = """
sykehus sykehuset sjukehus sjukehuset sykehusa universitetssykehus universitetssykehuset
sentralsykehus sentralsykehuset lokalsykehus lokalsykehuset university hospital hospitalet
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(words(text))


FUNCTION_WORDS = _set(_FUNCTION_WORDS)
PREPOSITIONS = _set(_PREPOSITIONS)
DEPARTMENT_WORDS = _set(_DEPARTMENT_WORDS)
SWITCHBOARD_WORDS = _set(_SWITCHBOARD_WORDS)
HOSPITAL_WORDS = _set(_HOSPITAL_WORDS)

#: Words that say nothing about which department or hospital is meant.
EMPTY_WORDS = FUNCTION_WORDS | DEPARTMENT_WORDS | SWITCHBOARD_WORDS | HOSPITAL_WORDS

#: What many departments' names end in: two names that share one are told apart by the rest.
NAME_ENDINGS = DEPARTMENT_WORDS | _set("ologisk kirurgisk kirurgi medisinsk medisin senter post")

_DEPARTMENT_ENDINGS = (
    "avdeling",
    "klinik",
    "isk",
    "logi",
    "post",
    "senter",
    "kirurgi",
    "medisin",
    "legevakt",
)


#: "HUS" is a hospital, "fullt hus" and "huset mitt" are not: the words right before, right after.
_HOUSE = "hus"
_BEFORE_A_HOUSE = _set("fullt heile hele helt nytt gammalt gammelt eget eige stort lite")
_AFTER_A_HOUSE = _set("mitt vårt ditt deres dykkar forbi")


def is_a_house(before: str, word: str, after: str) -> bool:
    """Say whether a stemmed word is no hospital but a house, by its neighbours ("" for none)."""
    return word == _HOUSE and (before in _BEFORE_A_HOUSE or after in _AFTER_A_HOUSE)


def looks_like_department(word: str) -> bool:
    """Say whether a stemmed word is made like a department's name: "ortopedisk", "hudavdeling"."""
    return word.endswith(_DEPARTMENT_ENDINGS)
