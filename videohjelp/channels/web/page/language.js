// @ts-check
/** The language the page is in, and the clock time it shows. */

import { STRINGS } from "./strings.js";

/** @typedef {import("./strings.js").Language} Language */

/** @type {Language} */
export let language = "nb";

/** The texts in that language. A live binding: whoever imports it sees the change. */
export let t = STRINGS.nb;

/**
 * Puts the whole page in a language.
 * @param {Language} next
 */
export function setLanguage(next) {
  language = next;
  t = STRINGS[next];
  document.documentElement.lang = next;
  for (const shown of document.querySelectorAll("[data-text]")) {
    shown.textContent = named(shown.getAttribute("data-text"));
  }
  for (const shown of document.querySelectorAll("[data-label]")) {
    shown.setAttribute("aria-label", named(shown.getAttribute("data-label")));
  }
}

/** @returns {Language} nynorsk for a browser set to it, bokmål for all others */
export function browserLanguage() {
  return navigator.language.startsWith("nn") ? "nn" : "nb";
}

// nb-NO for all three: Chromium has no nn-NO clock and would show 10:05 PM.
const CLOCK = new Intl.DateTimeFormat("nb-NO", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Oslo",
});

/**
 * @param {string} time ISO 8601 with offset
 * @returns {string} the clock in Norway, such as 09:05
 */
export function clock(time) {
  return CLOCK.format(new Date(time));
}

/** @param {string|null} key */
function named(key) {
  return t[/** @type {keyof typeof t} */ (key)];
}
