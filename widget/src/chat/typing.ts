/** "The robot is writing": in words, and only after a while. */

import { element } from "../shared/dom";
import { t } from "../shared/language";

/** Shorter waits need no words. */
const DELAY_MS = 900;

const place = element("typing", HTMLElement);
let timer = 0;

export function showTyping(isOn: boolean): void {
  clearTimeout(timer);
  timer = 0;
  if (!isOn) place.textContent = "";
  else if (place.textContent === "") timer = window.setTimeout(() => (place.textContent = t("typing")), DELAY_MS);
}
