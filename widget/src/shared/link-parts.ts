/** Finds the web addresses and telephone numbers in a text that may become links. */

/** A piece of a text, with where it leads when it is a link. */
export interface Part {
  text: string;
  href?: string;
}

/** Whole hosts, and the hospitals' own with what is below them. */
const ALLOWED_HOSTS = ["join.nhn.no", "helsenorge.no", "www.helsenorge.no"];
const HOSPITALS = ["helse-vest.no", "helse-bergen.no", "helse-fonna.no", "helse-forde.no", "helse-stavanger.no"];

const HOST = `(?:join\\.nhn\\.no|(?:www\\.)?(?:helsenorge|${HOSPITALS.map((host) => host.slice(0, -3)).join("|")})\\.no)`;

const PATTERN = new RegExp(
  [
    '(?<address>https://[^\\s<>"«»]+)',
    `(?<host>\\b${HOST}(?![\\w-]|\\.\\w)(?:/[^\\s<>"«»]*)?)`,
    // 55 97 65 51 · 401 80 815 · 116 117 · 113
    "(?<phone>(?:\\+47 )?\\b(?:\\d\\d(?: \\d\\d){3}|\\d{3} \\d\\d \\d{3}|116 (?:117|123|111)|113)\\b)",
  ].join("|"),
  "g",
);

/** @returns the text in pieces, in order; together they are the text */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const start = match.index;
    // The full stop or bracket after an address belongs to the sentence.
    const shown = match[0].replace(/[.,;:!?)]+$/, "");
    const href = isPiece(text, match) ? null : target(shown, match);
    if (href === null) continue;
    parts.push({ text: text.slice(end, start) }, { text: shown, href });
    end = start + shown.length;
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== "");
}

/** @returns where a telephone number leads; eight digits get the country code, for phones abroad */
export function phoneHref(number: string): string {
  const digits = number.replace(/[^\d+]/g, "");
  return `tel:${digits.length === 8 ? "+47" : ""}${digits}`;
}

/**
 * Whether the match is a piece of something longer, such as 113 in 1.113 or in 113 24. Checked
 * here because older iPhones cannot read a pattern that looks behind.
 */
function isPiece(text: string, match: RegExpExecArray): boolean {
  const before = text.slice(0, match.index);
  if (/[\w.@/+-]$/.test(before)) return true;
  if (!match.groups?.["phone"]) return false;
  return (
    /\d[ \u00a0]$/.test(before) || /^(?:[ \u00a0]\d|[.,:/-]\d)/.test(text.slice(match.index + match[0].length))
  );
}

/** @returns where the link goes; null when it may not be a link */
function target(shown: string, match: RegExpExecArray): string | null {
  if (match.groups?.["phone"]) return phoneHref(shown);
  try {
    const url = new URL(match.groups?.["host"] ? `https://${shown}` : shown);
    const isPlain = url.username === "" && url.password === "" && url.port === "";
    return isPlain && isAllowed(url.hostname) ? url.href : null;
  } catch {
    return null;
  }
}

function isAllowed(host: string): boolean {
  return ALLOWED_HOSTS.includes(host) || HOSPITALS.some((own) => host === own || host.endsWith(`.${own}`));
}
