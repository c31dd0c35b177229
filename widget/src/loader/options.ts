// What the line on the hospital's page asks for.
import type { Language } from "./messages.ts";

export interface Options {
  /** Where this script came from: the assistant. */
  origin: string;
  language: Language;
  /** A theme of data/widget/themes.yml; an unknown one looks as the standard one. */
  theme: string;
  /** A CSS selector of buttons or links on the page that open the chat too. */
  openers: string | undefined;
}

/** Reads the attributes of the script element; without a language, the page's own. */
export function readOptions(scriptUrl: string): Options {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src]")];
  const data = scripts.find((script) => script.src === scriptUrl)?.dataset ?? {};
  return {
    origin: new URL(scriptUrl).origin,
    language: languageOf(data["language"] ?? document.documentElement.lang),
    theme: data["theme"] ?? "standard",
    openers: data["open"],
  };
}

/** "no" and unknown ones are bokmål. */
function languageOf(tag: string): Language {
  const found = /^(nn|en)\b/i.exec(tag)?.[1];
  return found ? (found.toLowerCase() as Language) : "nb";
}
