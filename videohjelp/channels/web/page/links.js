// @ts-check
/**
 * Turns web addresses and telephone numbers in the assistant's texts into links. Everything is
 * built as DOM nodes; a text is never read as HTML.
 */

import { make } from "./dom.js";
import { t } from "./language.js";

const ALLOWED_HOSTS = ["join.nhn.no", "helsenorge.no", "www.helsenorge.no"];

const PATTERN = new RegExp(
  [
    "(?<address>https://[^\\s<>\"«»]+)",
    "(?<host>\\b(?:join\\.nhn\\.no|(?:www\\.)?helsenorge\\.no)(?![\\w-]|\\.\\w)"
      + "(?:/[^\\s<>\"«»]*)?)",
    // 55 97 65 51 · 401 80 815 · 116 117 · 113
    "(?<phone>(?:\\+47 )?\\b(?:\\d\\d(?: \\d\\d){3}|\\d{3} \\d\\d \\d{3}"
      + "|116 (?:117|123|111)|113)\\b)",
  ].join("|"),
  "g",
);

/**
 * @param {string} text
 * @returns {DocumentFragment} a paragraph for each part between blank lines; lines stay as they are
 */
export function paragraphs(text) {
  const fragment = document.createDocumentFragment();
  for (const part of text.trim().split(/\n\s*\n/)) {
    fragment.append(make("p", "", ...withLinks(part)));
  }
  return fragment;
}

/**
 * @param {string} text
 * @returns {(string|HTMLAnchorElement)[]} the text in pieces, links among them
 */
export function withLinks(text) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const start = match.index ?? 0;
    // The full stop or bracket after an address belongs to the sentence.
    const shown = match[0].replace(/[.,;:!?)]+$/, "");
    const target = isPart(text, match) ? null : address(shown, match);
    if (target === null) continue;
    pieces.push(text.slice(end, start), anchor(shown, target));
    end = start + shown.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

/**
 * Whether the match is a piece of something longer, such as 113 in 1.113 or in 113 24. Checked
 * here because older iPhones cannot read a pattern that looks behind.
 * @param {string} text
 * @param {RegExpMatchArray} match
 */
function isPart(text, match) {
  const start = match.index ?? 0;
  const before = text.slice(0, start);
  if (/[\w.@/+-]$/.test(before)) return true;
  if (!match.groups?.phone) return false;
  return /\d[ \u00a0]$/.test(before)
    || /^(?:[ \u00a0]\d|[.,:/-]\d)/.test(text.slice(start + match[0].length));
}

/**
 * @param {string} shown
 * @param {RegExpMatchArray} match
 * @returns {string|null} where the link goes; null when it may not be a link
 */
function address(shown, match) {
  if (match.groups?.phone) {
    const number = shown.replace(/ /g, "");
    // Eight digits get the country code, for phones abroad; short numbers exist only in Norway.
    return `tel:${number.length === 8 ? "+47" : ""}${number}`;
  }
  try {
    const url = new URL(match.groups?.host ? `https://${shown}` : shown);
    const plain = url.username === "" && url.password === "" && url.port === "";
    return plain && ALLOWED_HOSTS.includes(url.hostname) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} shown
 * @param {string} target
 */
function anchor(shown, target) {
  const link = make("a", "", shown);
  link.href = target;
  if (target.startsWith("https:")) {
    // A new tab, so that the patient can go on reading here; and the link says so.
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(make("span", "visually-hidden", ` ${t.newTab}`));
  }
  return link;
}
