/**
 * How long a text is as an SMS, counted as a phone counts what is written on it: in the SMS
 * alphabet when every character is in it, else in UTF-16 (3GPP TS 23.038 and TS 23.040). The
 * alphabet is that of videohjelp/sms/gsm7.py (tests/channels/sms/test_simulator.py compares them).
 */

export const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
  + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Two places each. */
export const EXTENSION = "^{}\\[~]|€\f";

const GSM7 = { single: 160, part: 153 };
const UTF16 = { single: 70, part: 67 };

export interface Measure {
  gsm7: boolean;
  /** In places of the encoding. */
  length: number;
  /** 0 for an empty text. */
  segments: number;
  /** Places before another segment begins. */
  left: number;
}

export function measure(text: string): Measure {
  const characters = [...text];
  const gsm7 = characters.every((one) => BASIC.includes(one) || EXTENSION.includes(one));
  const { single, part } = gsm7 ? GSM7 : UTF16;
  const places = characters.map((one) => {
    if (!gsm7) return one.length;
    return EXTENSION.includes(one) ? 2 : 1;
  });
  const length = places.reduce((sum, one) => sum + one, 0);
  if (length <= single) return { gsm7, length, segments: Math.sign(length), left: single - length };
  let segments = 1;
  let used = 0;
  for (const one of places) {
    // A character of two places is never divided between two segments.
    if (used + one > part) {
      segments += 1;
      used = 0;
    }
    used += one;
  }
  return { gsm7, length, segments, left: part - used };
}

/** @returns "1 segment", "2 segmenter" */
export function inWords(n: number): string {
  return n === 1 ? "1 segment" : `${n} segmenter`;
}
