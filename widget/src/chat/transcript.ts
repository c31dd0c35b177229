/** The messages of a conversation, each once and in order, however they arrive. */

import type { Message, Rating } from "./types";

export class Transcript {
  #messages: Message[] = [];

  /** All of them, by rising seq. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The highest number received; 0 when there is none. All below it have been received. */
  get last(): number {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  /** @returns those that are new, by rising seq */
  merge(arrived: readonly Message[]): Message[] {
    const fresh: Message[] = [];
    for (const message of [...arrived].sort((a, b) => a.seq - b.seq)) {
      const place = this.#place(message.seq);
      if (this.#messages[place]?.seq === message.seq) continue;
      this.#messages.splice(place, 0, message);
      fresh.push(message);
    }
    return fresh;
  }

  /** Whether the patient's sending with that client id has been stored. */
  has(id: string): boolean {
    return this.#messages.some((message) => message.id === id);
  }

  rate(seq: number, rating: Rating | null): void {
    const message = this.#messages.find((one) => one.seq === seq);
    if (!message) return;
    if (rating) message.rating = rating;
    else delete message.rating;
  }

  /** Where in the list a number stands, or would stand. */
  #place(seq: number): number {
    let place = this.#messages.length;
    while (place > 0 && (this.#messages[place - 1]?.seq ?? 0) >= seq) place -= 1;
    return place;
  }
}
