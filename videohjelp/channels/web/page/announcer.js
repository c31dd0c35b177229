// @ts-check
/**
 * Tells a screen reader what is new. One hidden polite region gets one text node for a whole
 * turn: with the visible log as live region, screen readers read its many small nodes out of order.
 */

import { element, make } from "./dom.js";
import { language, t } from "./language.js";
import { fill } from "./strings.js";

/** @typedef {import("./api.js").Message} Message */

/** Long enough to be picked up, short enough that nobody later stumbles over it. */
const STAYS_MS = 7000;

/**
 * Says a sentence once.
 * @param {string} sentence in the page's language
 */
export function announce(sentence) {
  const node = make("p", "", sentence.replace(/\s+/g, " ").trim());
  node.lang = language;
  element("announcer", HTMLElement).append(node);
  setTimeout(() => node.remove(), STAYS_MS);
}

/**
 * Says all the assistant answered, once.
 * @param {Message[]} messages one turn's
 */
export function announceTurn(messages) {
  if (messages.length === 0) return;
  const texts = messages.map(({ text, progress, buttons }) => [
    progress ? `${fill(t.progress, progress)}.` : "",
    text,
    buttons?.length ? `${t.choices}: ${buttons.map(({ title }) => title).join(", ")}.` : "",
  ].join(" "));
  announce(`${t.robot}: ${texts.join(" ")}`);
}
