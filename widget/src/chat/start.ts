/** The page before the conversation: what the patient should know, and the ways to begin. */

import { element, make } from "../shared/dom";
import { followLanguage, t } from "../shared/language";
import { withLinks } from "../shared/links";
import { config } from "./config";

const begin = element("begin", HTMLButtonElement);
const suggestions = element("suggestions", HTMLElement);
const errorPlace = element("start-error", HTMLElement);
const notice = element("notice", HTMLElement);

/** @param onBegin called with the question to begin with, or an empty text; gives an error or "" */
export function watchStart(onBegin: (question: string) => Promise<string>): void {
  let isWorking = false;

  async function start(question: string): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    begin.setAttribute("aria-disabled", "true");
    errorPlace.replaceChildren();
    const error = await onBegin(question);
    begin.removeAttribute("aria-disabled");
    isWorking = false;
    if (error) errorPlace.replaceChildren(make("p", "", ...withLinks(`${error} ${t("phone")}`)));
  }

  begin.addEventListener("click", () => void start(""));
  for (const suggestion of suggestions.querySelectorAll("button")) {
    suggestion.addEventListener("click", () => void start(suggestion.textContent ?? ""));
  }
  begin.hidden = false;
  suggestions.hidden = false;
  followLanguage(() => {
    element("emergency", HTMLElement).replaceChildren(...withLinks(t("privacy_emergency")));
    element("storage", HTMLElement).textContent = t("privacy_storage", { days: config.retentionDays });
    element("session-time", HTMLElement).textContent = t("privacy_time", { hours: config.sessionHours });
    // These were written in the language before.
    errorPlace.replaceChildren();
    notice.hidden = true;
  });
}

/** Says why the patient is back here. */
export function explainStart(why: string): void {
  errorPlace.replaceChildren();
  notice.textContent = why;
  notice.hidden = false;
  notice.focus();
}
