/** Says when the network is away, with the telephone numbers, and when it is back. */

import { element, make } from "../shared/dom";
import { t } from "../shared/language";
import { withLinks } from "../shared/links";
import { announce } from "./announcer";

/** One break may be no more than the server restarting. */
const FAILURES_BEFORE_WORDS = 2;

const place = element("connection", HTMLElement);
let failures = 0;
/** Between the browser's "offline" and "online": what still comes in was on its way before. */
let isOffline = false;

addEventListener("offline", () => {
  isOffline = true;
  lostContact();
});
addEventListener("online", () => {
  isOffline = false;
});

/** The network is away for certain. */
export function lostContact(): void {
  if (!place.hidden || element("chat", HTMLElement).hidden) return;
  place.replaceChildren(make("p", "", ...withLinks(t("offline"))));
  place.hidden = false;
  announce(t("offline"));
}

/** A try failed; others may not. */
export function missedContact(): void {
  failures += 1;
  if (failures >= FAILURES_BEFORE_WORDS) lostContact();
}

export function hasContact(): void {
  failures = 0;
  if (place.hidden || isOffline) return;
  place.hidden = true;
  announce(t("online"));
}

/** Says nothing more: there is no conversation. */
export function forgetContact(): void {
  failures = 0;
  place.hidden = true;
}

/** What was said is in the language before. */
export function retellContact(): void {
  if (!place.hidden) place.replaceChildren(make("p", "", ...withLinks(t("offline"))));
}
