import { expect, test } from "vitest";
import { linkParts } from "./link-parts";

test.each<[string, [string, string][]]>([
  ["Åpne https://join.nhn.no.", [["https://join.nhn.no", "https://join.nhn.no/"]]],
  ["Logg inn på helsenorge.no, og se.", [["helsenorge.no", "https://helsenorge.no/"]]],
  ["(www.helsenorge.no)", [["www.helsenorge.no", "https://www.helsenorge.no/"]]],
  ["Se helse-bergen.no/avdelinger.", [["helse-bergen.no/avdelinger", "https://helse-bergen.no/avdelinger"]]],
  ["Åpne join.nhn.no 5 minutter før", [["join.nhn.no", "https://join.nhn.no/"]]],
  ["Ring 55 97 65 51.", [["55 97 65 51", "tel:+4755976551"]]],
  ["Ring +47 55 97 65 51.", [["+47 55 97 65 51", "tel:+4755976551"]]],
  ["Ring 401 80 815!", [["401 80 815", "tel:+4740180815"]]],
  ["Ring 113 nå, eller 116 117.", [["113", "tel:113"], ["116 117", "tel:116117"]]],
  ["- 116 123: Mental Helse\n- 116 111: barn", [["116 123", "tel:116123"], ["116 111", "tel:116111"]]],
  ["kl. 08.00–15.30, rom 998112, pin 1134, 24.12.2026", []],
  ["https://example.com/join.nhn.no og https://join.nhn.no.example.com", []],
  ["https://join.nhn.no@example.com", []],
  ["https://evil@join.nhn.no", []],
  ["https://ikke-helse-bergen.no", []],
  ["http://join.nhn.no og min-join.nhn.no og join.nhn.no.example.com", []],
  ["1.113 og 11 113 og 113 24 55", []],
])("%s", (text, links) => {
  const parts = linkParts(text);
  const found = parts.filter(({ href }) => href !== undefined).map((part) => [part.text, part.href]);
  expect(found).toEqual(links);
  expect(parts.map((part) => part.text).join("")).toBe(text);
});
