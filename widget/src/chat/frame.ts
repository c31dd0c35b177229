/** Talks with the loader on the hospital's page when the conversation stands in its frame. */

import { element } from "../shared/dom";
import type { Config } from "./config";

type Told = "opened" | "closed" | "visible";

let origin: string | null = null;
let isOpen = true;
let unread = 0;
let allowed: readonly string[] = [];

export const isEmbedded = parent !== window;

/** Listens to the loader, and says that the page is ready. */
export function joinFrame(config: Config, onOpened: () => void): void {
  if (!isEmbedded) return;
  allowed = [location.origin, ...config.parentOrigins];
  // Chromium and Safari tell who frames the page; elsewhere the loader's first message does.
  const [framing] = location.ancestorOrigins ?? [];
  if (framing !== undefined && allowed.includes(framing)) origin = framing;
  element("minimise", HTMLElement).hidden = false;
  addEventListener("message", (event: MessageEvent<{ videohjelp?: Told } | null>) => {
    if (event.source !== parent || !allowed.includes(event.origin)) return;
    origin = event.origin;
    const told = event.data?.videohjelp;
    if (told === "closed") isOpen = false;
    if (told === "opened" || told === "visible") {
      isOpen = true;
      clearUnread();
    }
    if (told === "opened") onOpened();
  });
  document.addEventListener("visibilitychange", () => {
    if (isSeen()) clearUnread();
  });
  tell("ready");
}

/** Tells the loader something; nothing on a page of its own. */
export function tell(kind: string, more: Record<string, unknown> = {}): void {
  if (!isEmbedded) return;
  const message = { videohjelp: kind, ...more };
  if (origin !== null) parent.postMessage(message, origin);
  else for (const one of allowed) parent.postMessage(message, one);
}

/** Counts a message that the patient does not see now. */
export function countUnread(messages: number): void {
  if (isSeen()) return;
  unread += messages;
  tell("unread", { count: unread });
}

function clearUnread(): void {
  if (unread === 0) return;
  unread = 0;
  tell("unread", { count: 0 });
}

function isSeen(): boolean {
  return isOpen && document.visibilityState === "visible";
}
