// What is remembered from page to page, in this tab only, and only once the patient has started a
// conversation: whether the dialog was open, and the language. Nothing before, no cookie.
import type { Language } from "./messages.ts";

const KEY = "videohjelp";

export interface Remembered {
  open: boolean;
  language: Language;
}

/** What was remembered; undefined when no conversation runs or the browser forbids storage. */
export function recall(): Remembered | undefined {
  try {
    const [state, language] = (sessionStorage.getItem(KEY) ?? "").split(" ");
    return language ? { open: state === "open", language: language as Language } : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers, or forgets with undefined. Without storage the next page simply begins anew. */
export function remember(what: Remembered | undefined): void {
  try {
    if (what) sessionStorage.setItem(KEY, `${what.open ? "open" : "closed"} ${what.language}`);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden here.
  }
}
