/** The language the page is in, its texts (data/widget/texts.yml), and the clock time it shows. */

import { readJson } from "./dom";

export const LANGUAGES = ["nb", "nn", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text's key, as in data/widget/texts.yml. */
export type TextKey = string;

const TEXTS = readJson<Record<TextKey, Record<Language, string>>>("texts");

let current: Language = "nb";
const followers: (() => void)[] = [];

export function language(): Language {
  return current;
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((known) => known === value);
}

/**
 * @param values for the text's {names}
 * @returns the text
 * @throws Error when texts.yml has no such text
 */
export type Texts = (key: TextKey, values?: Record<string, string | number>) => string;

/** @returns the texts in one language, such as that of the message they stand in */
export function textsIn(spoken: Language): Texts {
  return (key, values = {}) => {
    const text = TEXTS[key]?.[spoken];
    if (text === undefined) throw new Error(`no text ${key}`);
    return fill(text, values);
  };
}

/** The texts in the page's language. */
export const t: Texts = (key, values) => textsIn(current)(key, values);

/** Fills in a text's {names}: "Steg {step} av {steps}" -> "Steg 2 av 6". */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}

/** Calls back now and after each change of language. */
export function followLanguage(callback: () => void): void {
  followers.push(callback);
  callback();
}

/**
 * Puts the whole page in a language. `data-text` names the text an element shows, `data-label` its
 * accessible name.
 */
export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  for (const shown of document.querySelectorAll<HTMLElement>("[data-text]")) {
    shown.textContent = t(shown.dataset["text"] ?? "");
  }
  for (const shown of document.querySelectorAll<HTMLElement>("[data-label]")) {
    shown.setAttribute("aria-label", t(shown.dataset["label"] ?? ""));
  }
  for (const follow of followers) follow();
}

// nb-NO for all three: Chromium has no nn-NO clock and would show 10:05 PM.
const CLOCK = new Intl.DateTimeFormat("nb-NO", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "Europe/Oslo",
});

/**
 * @param time ISO 8601 with offset
 * @returns the clock in Norway, such as 09:05
 */
export function clock(time: string): string {
  return CLOCK.format(new Date(time));
}
