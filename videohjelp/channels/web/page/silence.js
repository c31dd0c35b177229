// @ts-check
/** Notices when a patient who was asked something has been quiet for a while. */

const QUIET_MS = 180_000;
const MOST_PER_CONVERSATION = 2;
const COUNT_KEY = "videohjelp-silences";
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "wheel", "visibilitychange"];

let waiting = false;
let timer = 0;
let onSilence = () => {};

for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, arm, { passive: true });

/**
 * Starts waiting for the patient. Calls back at most once, and at most twice per conversation.
 * @param {() => void} callback
 */
export function awaitPatient(callback) {
  waiting = count() < MOST_PER_CONVERSATION;
  onSilence = callback;
  arm();
}

/** Stops waiting: the patient has answered, or there is no conversation. */
export function stopWaiting() {
  waiting = false;
  arm();
}

/** Counts from nought again, for a new conversation. */
export function resetSilences() {
  sessionStorage.removeItem(COUNT_KEY);
  stopWaiting();
}

/** Starts the clock afresh. It stands still while the page is hidden. */
function arm() {
  clearTimeout(timer);
  if (waiting && document.visibilityState === "visible") timer = setTimeout(speak, QUIET_MS);
}

function speak() {
  waiting = false;
  // Kept over a reload, so that reloading does not bring more of them.
  sessionStorage.setItem(COUNT_KEY, String(count() + 1));
  onSilence();
}

function count() {
  return Number(sessionStorage.getItem(COUNT_KEY));
}
