// @ts-check
/** The visible log: messages, answer buttons, and messages that were not sent. */

import { element, make } from "./dom.js";
import { clock, language, t } from "./language.js";
import { paragraphs, withLinks } from "./links.js";
import { fill } from "./strings.js";

/**
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./api.js").Message} Message
 */

const root = element("log", HTMLElement);

/** The buttons of the assistant's last message while they can be used. @type {HTMLElement|null} */
let choices = null;

/** Moves focus to the log, where the arrow keys scroll. */
export function focusLog() {
  root.focus({ preventScroll: true });
}

export function clearLog() {
  root.replaceChildren();
  choices = null;
}

/**
 * Shows what the assistant says. Buttons of earlier messages go, and the last one's can be used.
 * @param {Message[]} messages one turn's
 * @param {(button: Button) => void} onPress
 */
export function addTurn(messages, onPress) {
  if (messages.length === 0) return;
  retireChoices();
  const shown = messages.map(addAssistant);
  const last = shown[shown.length - 1];
  const buttons = messages[messages.length - 1].buttons ?? [];
  if (buttons.length > 0) {
    choices = choiceGroup(buttons, onPress);
    last.append(choices);
  }
  last.scrollIntoView({ block: "end" });
  // A turn higher than the screen is read from its beginning. Either the log or the page scrolls.
  const top = Math.max(root.getBoundingClientRect().top, 0);
  if (shown[0].getBoundingClientRect().top < top) {
    shown[0].scrollIntoView({ block: "start" });
  }
}

/**
 * Shows what the patient said.
 * @param {string} text
 * @param {string} time ISO 8601
 * @returns {HTMLElement} for `markFailed` and `markSent`
 */
export function addOwn(text, time) {
  retireChoices();
  // Never made into links: what the patient writes need not be a number to ring.
  const shown = bubble("from-user", t.you, language, time, make("p", "", text));
  shown.scrollIntoView({ block: "end" });
  return shown;
}

/**
 * Says by the message that it was not sent, with a button to send it again.
 * @param {HTMLElement} shown
 * @param {string} advice what the patient can do instead
 * @param {() => void} onRetry
 */
export function markFailed(shown, advice, onRetry) {
  markSent(shown);
  const retry = make("button", "", t.retry);
  retry.type = "button";
  retry.addEventListener("click", () => {
    if (disable(retry)) onRetry();
  });
  shown.append(make("div", "failure",
    make("p", "", make("strong", "", `${t.notSent}. `), ...withLinks(advice)), retry));
  shown.scrollIntoView({ block: "end" });
}

/**
 * Takes away what `markFailed` added.
 * @param {HTMLElement} shown
 */
export function markSent(shown) {
  removeKeepingFocus(shown.querySelector(".failure"));
}

/** @param {Message} message */
function addAssistant(message) {
  const parts = [];
  if (message.progress) parts.push(make("p", "progress", fill(t.progress, message.progress)));
  parts.push(paragraphs(message.text));
  return bubble("from-robot", t.robot, message.language, message.time, ...parts);
}

/**
 * @param {"from-robot"|"from-user"} side
 * @param {string} speaker named in words, not only by colour or side
 * @param {string} lang
 * @param {string} time
 * @param {...Node} content
 */
function bubble(side, speaker, lang, time, ...content) {
  const stamp = make("time", "", clock(time));
  stamp.dateTime = time;
  const shown = make("div", `message ${side}`,
    make("p", "meta", make("span", "speaker", speaker), " ", stamp),
    make("div", "bubble", ...content));
  shown.lang = lang;
  root.append(shown);
  return shown;
}

/**
 * @param {Button[]} buttons
 * @param {(button: Button) => void} onPress
 */
function choiceGroup(buttons, onPress) {
  const group = make("div", "choices", ...buttons.map((button) => {
    const choice = make("button", "", button.title);
    choice.type = "button";
    choice.addEventListener("click", () => {
      if (!disable(choice)) return;
      choice.append(` ${t.chosen}`);
      // Focus stays here, so that the next Tab goes on to the new answer. Later it is passed over.
      choice.addEventListener("blur", () => { choice.tabIndex = -1; }, { once: true });
      for (const other of [...group.children]) if (other !== choice) other.remove();
      choices = null;
      onPress(button);
    });
    return choice;
  }));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", t.choices);
  return group;
}

/** Buttons nobody chose go when the conversation has moved on. */
function retireChoices() {
  removeKeepingFocus(choices);
  choices = null;
}

/**
 * aria-disabled, unlike disabled, leaves focus where it is.
 * @param {HTMLButtonElement} button
 * @returns {boolean} whether it could be used until now
 */
function disable(button) {
  const usable = button.getAttribute("aria-disabled") !== "true";
  button.setAttribute("aria-disabled", "true");
  return usable;
}

/** @param {Element|null} old */
function removeKeepingFocus(old) {
  if (old?.contains(document.activeElement)) focusLog();
  old?.remove();
}
