/**
 * Tells a screen reader what is new. One hidden polite region gets one text node for a whole
 * turn: with the visible log as live region, screen readers read its many small nodes out of order.
 */

import { element, make } from "../shared/dom";
import { language, textsIn } from "../shared/language";
import type { Message } from "./types";

/** Long enough to be picked up, short enough that nobody later stumbles over it. */
const STAYS_MS = 7_000;
/** A screen reader breaks off when the focus moves: where it went is said first. */
const BEGINS_MS = 300;

/** Says a sentence once. It is in the page's language unless told otherwise. */
export function announce(sentence: string, spoken = language()): void {
  const node = make("p", "", sentence.replace(/\s+/g, " ").trim());
  node.lang = spoken;
  setTimeout(() => element("announcer", HTMLElement).append(node), BEGINS_MS);
  setTimeout(() => node.remove(), BEGINS_MS + STAYS_MS);
}

/** Says all that the assistant answered in one turn, once. */
export function announceTurn(messages: readonly Message[]): void {
  const last = messages.at(-1);
  if (!last) return;
  const t = textsIn(last.language);
  const texts = messages.map(({ text, progress, buttons }) =>
    [
      progress ? `${t("progress", progress)}.` : "",
      text,
      buttons?.length ? `${t("choices")}: ${buttons.map(({ title }) => title).join(", ")}.` : "",
    ].join(" "),
  );
  announce(`${t("robot")}: ${texts.join(" ")}`, last.language);
}
