/**
 * What this browser tab remembers, over a reload and from page to page: nothing before the patient
 * has started, and nothing once the conversation is over.
 */

import type { Keeper } from "./outbox";

const PREFIX = "videohjelp-";

export type Remembered = "token" | "expires" | "outbox" | "presses" | "silences" | "draft" | "text-size";

/** Where the browser keeps nothing (private windows of some), the conversation lasts until a reload. */
const fallback = new Map<string, string>();

export function remember(what: Remembered, value: string): void {
  fallback.set(what, value);
  try {
    sessionStorage.setItem(PREFIX + what, value);
  } catch {
    // Full or forbidden: the fallback has it.
  }
}

export function recall(what: Remembered): string | null {
  try {
    return sessionStorage.getItem(PREFIX + what) ?? fallback.get(what) ?? null;
  } catch {
    return fallback.get(what) ?? null;
  }
}

export function forget(what: Remembered): void {
  fallback.delete(what);
  try {
    sessionStorage.removeItem(PREFIX + what);
  } catch {
    // Nothing was kept.
  }
}

/** Forgets the conversation. */
export function forgetAll(): void {
  const all: Remembered[] = ["token", "expires", "outbox", "presses", "silences", "draft", "text-size"];
  all.forEach(forget);
}

/** @returns whether a conversation was started in this tab */
export function hasConversation(): boolean {
  return recall("token") !== null;
}

/** Keeps the outbox in the tab. */
export const outboxKeeper: Keeper = {
  read: () => recall("outbox"),
  write: (list) => remember("outbox", list),
};
