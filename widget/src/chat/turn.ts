/** Gathers the messages of one turn, which come one by one, so that they are told as one. */

import type { Message } from "./types";

/** Messages of one turn follow each other closely. */
const GAP_MS = 300;
/** While the answer to a sending is on its way, more may come by the stream meanwhile. */
const GAP_WHILE_SENDING_MS = 2_500;

export class Turn {
  #messages: Message[] = [];
  #timer = 0;

  /** @param onComplete called with the assistant's messages of a turn, at least one */
  constructor(private readonly onComplete: (messages: readonly Message[]) => void) {}

  /** The first message of the turn under way. */
  get first(): Message | undefined {
    return this.#messages[0];
  }

  add(messages: readonly Message[], isSending: boolean): void {
    if (messages.length === 0) return;
    this.#messages.push(...messages);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.complete(), isSending ? GAP_WHILE_SENDING_MS : GAP_MS);
  }

  /** The turn is known to be whole. */
  complete(): void {
    clearTimeout(this.#timer);
    const messages = this.#messages;
    this.#messages = [];
    if (messages.length > 0) this.onComplete(messages);
  }

  /** Ends it untold. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#messages = [];
  }
}
