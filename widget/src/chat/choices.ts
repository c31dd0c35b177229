/** The buttons of an answer: offered, then spent on the one that was pressed. */

import { element, make, makeButton } from "../shared/dom";
import { type Language, type Texts, textsIn } from "../shared/language";
import type { Button } from "./types";

/**
 * @param spoken the language of the answer
 * @returns a group of buttons that can be pressed once
 */
export function choiceGroup(
  buttons: readonly Button[],
  spoken: Language,
  onPress: (button: Button) => void,
): HTMLElement {
  const t = textsIn(spoken);
  const group = emptyGroup(t);
  for (const button of buttons) {
    const choice = makeButton("ds-button", button.title, () => {
      if (isDisabled(choice)) return;
      // The page's own actions can be done again; what is sent cannot.
      if (!button.action) spend(group, choice, t);
      onPress(button);
    });
    choice.dataset["variant"] = "secondary";
    group.append(choice);
  }
  return group;
}

/** @returns a group with the one button that was pressed before a reload */
export function spentGroup(button: Button, spoken: Language): HTMLElement {
  const t = textsIn(spoken);
  const group = emptyGroup(t);
  const choice = makeButton("ds-button", button.title, () => {});
  choice.dataset["variant"] = "secondary";
  choice.tabIndex = -1;
  group.append(choice);
  spend(group, choice, t);
  return group;
}

/**
 * aria-disabled, unlike disabled, leaves focus where it is.
 * @returns whether it could be used until now
 */
export function disable(button: HTMLButtonElement): boolean {
  const isUsable = !isDisabled(button);
  button.setAttribute("aria-disabled", "true");
  return isUsable;
}

/** Takes an element away; focus that was in it goes to the log. */
export function removeKeepingFocus(old: Element | null): void {
  const hadFocus = old?.contains(document.activeElement) ?? false;
  old?.remove();
  if (hadFocus) element("log", HTMLElement).focus({ preventScroll: true });
}

function emptyGroup(t: Texts): HTMLElement {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", t("choices"));
  return group;
}

function spend(group: HTMLElement, choice: HTMLButtonElement, t: Texts): void {
  disable(choice);
  choice.append(` ${t("chosen")}`);
  // Focus stays here, so that the next Tab goes on to the new answer. Later it is passed over.
  choice.addEventListener("blur", () => (choice.tabIndex = -1), { once: true });
  for (const other of [...group.children]) if (other !== choice) other.remove();
}

function isDisabled(button: HTMLButtonElement): boolean {
  return button.getAttribute("aria-disabled") === "true";
}
