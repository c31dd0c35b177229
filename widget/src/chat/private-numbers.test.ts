import { expect, test } from "vitest";
import { findPrivateNumber } from "./private-numbers";

/** The nine digits with the two check digits after them. */
function identityNumber(firstNine: string): string {
  const digits = Array.from(firstNine, Number);
  for (const weights of [[3, 7, 6, 1, 8, 9, 4, 5, 2], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]]) {
    const sum = weights.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0);
    digits.push((11 - (sum % 11)) % 11);
  }
  if (digits.some((digit) => digit > 9)) throw new Error("no number has this beginning");
  return digits.join("");
}

/** Of a birth in 1860: nobody's. */
const BORN = identityNumber("010160600");
const OWN = new Set(["55976551", "23327000"]);

test.each([
  BORN,
  `jeg heter Kari, ${BORN.slice(0, 6)} ${BORN.slice(6)}.`,
  `${BORN.slice(0, 2)}.${BORN.slice(2, 4)}.${BORN.slice(4, 6)}-${BORN.slice(6)}`,
  identityNumber("410160600"), // D-number
  identityNumber("014160600"), // H-number
  identityNumber("018160600"), // test number of the tax authority
  identityNumber("016660600"), // test number of NAV
  `rom 998112 ${BORN}`,
])("an identity number is certain: %s", (text) => {
  expect(findPrivateNumber(text, OWN)).toBe("identity");
});

test("eleven digits with a typing error may be one", () => {
  const wrong = BORN.slice(0, -1) + String((Number(BORN.slice(-1)) + 1) % 10);
  expect(findPrivateNumber(`det er ${wrong}`, OWN)).toBe("identity_maybe");
});

test.each(["romnummer 123456 pin 1234", "rommet mitt er 123 456", "pinkoden er 4821", "345678", "123456 og 9876"])(
  "a room number or PIN: %s",
  (text) => expect(findPrivateNumber(text, OWN)).toBe("room"),
);

test.each(["ring meg på 412 34 567", "mobilen er 91234567", "+47 22 33 44 55", "tlf 0047 22334455"])(
  "a telephone number: %s",
  (text) => expect(findPrivateNumber(text, OWN)).toBe("phone"),
);

test.each([
  "hei",
  "ring 55 97 65 51",
  "skal jeg ringe +47 55 97 65 51?",
  "Veiledning Helsenorge 23 32 70 00",
  "testrommet 998112",
  "romnummer 998112, hva er det?",
  "legevakt 116 117",
  "timen er 24.12.2026 kl. 10.30",
  "kl 1030 den 3. desember",
  "Windows 11 og Chrome 120.0.6099",
  "jeg skulle ringe 113",
  "kode på mobilen? den er oppdatert i 2024.",
])("nothing private: %s", (text) => {
  expect(findPrivateNumber(text, OWN)).toBeNull();
});
