/** The visible log: stored messages by number, and below them those not yet sent. */

import { element, make, makeButton } from "../shared/dom";
import { language, t } from "../shared/language";
import { withLinks } from "../shared/links";
import { bubble } from "./bubble";
import { choiceGroup, disable, removeKeepingFocus, spentGroup } from "./choices";
import { feedback } from "./feedback";
import type { Sending } from "./outbox";
import type { Button, Message, Rating } from "./types";

const root = element("log", HTMLElement);
const stored = new Map<number, HTMLElement>();
const pending = new Map<string, HTMLElement>();

/** Moves focus to the log, where the arrow keys scroll. */
export function focusLog(): void {
  root.focus({ preventScroll: true });
}

export function clearLog(): void {
  root.replaceChildren();
  stored.clear();
  pending.clear();
}

/** Shows a stored message in its place; one that the patient sent takes the place of its sending. */
export function addMessage(message: Message): void {
  const shown = bubble(message);
  const after = [...stored].filter(([seq]) => seq > message.seq).map(([, node]) => node);
  const sent = message.id === undefined ? undefined : pending.get(message.id);
  root.insertBefore(shown, after[0] ?? sent ?? pending.values().next().value ?? null);
  stored.set(message.seq, shown);
  if (message.id !== undefined) dropSending(message.id);
}

/** Shows what the patient has sent. */
export function addSending(sending: Sending): void {
  const { text, time } = sending;
  const shown = bubble({ from: "user", text, time, language: language() });
  root.append(shown);
  pending.set(sending.id, shown);
}

/** Says by a message that it has not been sent, with a button to try now. */
export function markUnsent(id: string, state: string, advice: string, onRetry: () => void): void {
  const shown = pending.get(id);
  if (!shown) return;
  const old = shown.querySelector(".failure");
  const hadFocus = old?.contains(document.activeElement) ?? false;
  old?.remove();
  const retry = makeButton("ds-button", t("retry"), () => {
    if (disable(retry)) onRetry();
  });
  retry.dataset["variant"] = "secondary";
  const words = make("p", "", make("strong", "", state), " ", ...withLinks(advice));
  shown.append(make("div", "failure", words, retry));
  if (hadFocus) retry.focus();
  else if (!old) shown.scrollIntoView({ block: "end" });
}

/** Takes away what `markUnsent` added. */
export function markSending(id: string): void {
  removeKeepingFocus(pending.get(id)?.querySelector(".failure") ?? null);
}

export function dropSending(id: string): void {
  removeKeepingFocus(pending.get(id) ?? null);
  pending.delete(id);
}

/** Offers the buttons of one message, and takes away those of all others that nobody pressed. */
export function offerChoices(message: Message | null, onPress: (button: Button) => void): void {
  const keep = message && stored.get(message.seq);
  for (const group of root.querySelectorAll(".choices")) {
    const isSpent = group.querySelector("[aria-disabled]") !== null;
    if (!isSpent && group.parentElement !== keep) removeKeepingFocus(group);
  }
  if (!keep || !message.buttons?.length || keep.querySelector(".choices")) return;
  keep.querySelector(".bubble")?.after(choiceGroup(message.buttons, message.language, onPress));
}

/** Shows which button of a message was pressed before a reload. */
export function showSpent({ seq, language: spoken }: Message, button: Button): void {
  stored.get(seq)?.querySelector(".bubble")?.after(spentGroup(button, spoken));
}

/** Asks about the answers that end a turn, and no longer about those that do not. */
export function askAbout(ends: readonly Message[], onRated: (seq: number, rating: Rating | null) => void): void {
  const seqs = new Set(ends.map(({ seq }) => seq));
  for (const [seq, node] of stored) if (!seqs.has(seq)) node.querySelector(":scope > .feedback")?.remove();
  for (const message of ends) {
    const node = stored.get(message.seq);
    if (!node || node.querySelector(":scope > .feedback")) continue;
    node.append(feedback(message, (next) => onRated(message.seq, next)));
  }
}

/** Brings the end into view; a turn higher than the screen is read from its beginning. */
export function scrollTo(first: Message | undefined): void {
  root.lastElementChild?.scrollIntoView({ block: "end" });
  const begins = first && stored.get(first.seq);
  // Either the log or the page scrolls.
  const top = Math.max(root.getBoundingClientRect().top, 0);
  if (begins && begins.getBoundingClientRect().top < top) begins.scrollIntoView({ block: "start" });
}
