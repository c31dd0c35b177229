/** The size of the text: 100, 125 or 150 % of what the browser is set to. */

import { element } from "../shared/dom";
import { hasConversation, recall, remember } from "./tab-memory";

/** Takes up the size chosen before a reload, and follows the choice. */
export function watchTextSize(): void {
  const choices = element("text-sizes", HTMLElement);
  const kept = recall("text-size") ?? "100";
  set(kept);
  for (const choice of choices.querySelectorAll("input")) choice.checked = choice.value === kept;
  choices.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) set(target.value);
  });
}

function set(size: string): void {
  document.documentElement.dataset["textSize"] = size;
  if (hasConversation()) remember("text-size", size);
}
