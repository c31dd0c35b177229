/** Which buttons the patient has pressed, so that they are shown as pressed after a reload too. */

import { recall, remember } from "./tab-memory";
import type { Button, Message } from "./types";

export class Presses {
  /** The button's id, by the id of the sending. */
  readonly #pressed = new Map<string, string>(JSON.parse(recall("presses") ?? "[]") as [string, string][]);

  keep(sending: string, button: string): void {
    this.#pressed.set(sending, button);
    remember("presses", JSON.stringify([...this.#pressed]));
  }

  /** @returns the pressed buttons by the message that offered them */
  of(messages: readonly Message[]): Map<Message, Button> {
    const found = new Map<Message, Button>();
    messages.forEach(({ id }, at) => {
      const pressed = id === undefined ? undefined : this.#pressed.get(id);
      if (pressed === undefined) return;
      const offer = messages.slice(0, at).findLast(({ from }) => from === "assistant");
      const button = offer?.buttons?.find((one) => one.id === pressed);
      if (offer && button) found.set(offer, button);
    });
    return found;
  }
}
