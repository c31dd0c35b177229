/** Notices when a patient who was asked something has been quiet for a while. */

import { forget, recall, remember } from "./tab-memory";

const QUIET_MS = 180_000;
const MOST_PER_CONVERSATION = 2;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "wheel", "visibilitychange"];

let isWaiting = false;
let timer = 0;
let onSilence = (): void => {};

for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, arm, { passive: true });

/** Starts waiting for the patient. Calls back at most once, and at most twice per conversation. */
export function awaitPatient(callback: () => void): void {
  isWaiting = count() < MOST_PER_CONVERSATION;
  onSilence = callback;
  arm();
}

/** Stops waiting: the patient has answered, or there is no conversation. */
export function stopWaiting(): void {
  isWaiting = false;
  arm();
}

/** Counts from nought again, for a new conversation. */
export function resetSilences(): void {
  forget("silences");
  stopWaiting();
}

/** Starts the clock afresh. It stands still while the page is hidden. */
function arm(): void {
  clearTimeout(timer);
  if (isWaiting && document.visibilityState === "visible") timer = window.setTimeout(speak, QUIET_MS);
}

function speak(): void {
  isWaiting = false;
  // Kept over a reload, so that reloading does not bring more of them.
  remember("silences", String(count() + 1));
  onSilence();
}

function count(): number {
  return Number(recall("silences"));
}
