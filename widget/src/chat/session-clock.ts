/** Warns before a conversation ends that has been quiet for long, with one button to stay. */

import { element, make, makeButton } from "../shared/dom";
import { t } from "../shared/language";
import { announce } from "./announcer";
import { staySignedIn, timeLeft } from "./api";

const WARN_MS = 120_000;
const LOOK_MS = 5_000;

const place = element("ending", HTMLElement);
let timer = 0;

/** @param onEnd called when the time is out */
export function watchSession(onEnd: () => void): void {
  forgetSession();
  // Looked at again and again: a timer for hours does not outlast a phone's sleep.
  timer = window.setInterval(() => {
    const left = timeLeft();
    if (left > WARN_MS) hide();
    else if (left > 0) warn();
    else {
      forgetSession();
      onEnd();
    }
  }, LOOK_MS);
}

export function forgetSession(): void {
  clearInterval(timer);
  hide();
}

function hide(): void {
  if (place.contains(document.activeElement)) element("log", HTMLElement).focus({ preventScroll: true });
  place.replaceChildren();
}

function warn(): void {
  if (place.childElementCount > 0) return;
  const stay = makeButton("ds-button", t("stay"), async () => {
    try {
      await staySignedIn();
    } catch {
      return announce(t("no_contact"));
    }
    hide();
    announce(t("stayed"));
  });
  place.replaceChildren(make("p", "", t("ending_soon")), stay);
}
