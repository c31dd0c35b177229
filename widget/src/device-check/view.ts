/** What the patient sees of the check: one step at a time, its buttons, one live region. */

import { make, makeButton } from "../shared/dom";
import { t } from "../shared/language";

export const STEPS = 5;

/** Shows the steps in a host element; every step replaces the one before. */
export class View {
  readonly #progress = make("p", "check-progress");
  readonly #heading = make("h2", "ds-heading");
  readonly #body = make("div", "check-body");
  readonly #status = make("p", "check-status");
  readonly #buttons = make("div", "check-buttons");
  readonly #signal: AbortSignal;

  /** @param signal ends the check: whoever waits for a button gets its reason as an exception */
  constructor(host: HTMLElement, signal: AbortSignal) {
    this.#signal = signal;
    this.#heading.tabIndex = -1;
    this.#heading.dataset["size"] = "xs";
    // The only live region: it says what changes while the patient waits or tries.
    this.#status.setAttribute("role", "status");
    host.replaceChildren(
      make("section", "device-check", this.#progress, this.#heading, this.#body, this.#status, this.#buttons),
    );
  }

  /**
   * Begins a step: its heading gets the focus, so that it is read aloud.
   *
   * @param number which of the STEPS; null for the introduction and the result
   * @param texts keys of paragraphs below the heading
   */
  step(number: number | null, heading: string, ...texts: string[]): void {
    this.#progress.hidden = number === null;
    this.#progress.textContent = number === null ? "" : t("check_step", { step: number, steps: STEPS });
    this.#heading.textContent = t(heading);
    this.#status.textContent = "";
    this.#buttons.replaceChildren();
    this.#body.replaceChildren(...texts.map((key) => make("p", "", t(key))));
    this.#heading.focus();
    this.#heading.scrollIntoView({ block: "nearest" });
  }

  /** Adds to the step's body. */
  add(...nodes: Node[]): void {
    this.#body.append(...nodes);
  }

  /** Takes away what the step's body has so far, the heading stays. */
  clear(): void {
    this.#body.replaceChildren();
  }

  /** Puts the focus back on the choice of device after the step was shown anew. */
  focusChoice(): void {
    this.#body.querySelector("select")?.focus();
  }

  /** Says something in the live region: it is shown and read aloud. */
  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Takes the buttons away while the patient waits; the focus goes back to the heading. */
  wait(text: string): void {
    this.#heading.focus();
    this.#buttons.replaceChildren();
    this.say(text);
  }

  /**
   * Offers buttons and waits for one to be pressed.
   *
   * @param choices what a press gives -> the button's text key; the first is the main one
   * @param also called in the press itself, as browsers want it for sound
   */
  choose<C extends string>(choices: Readonly<Record<C, string>>, also?: (choice: C) => void): Promise<C> {
    return new Promise((resolve, reject) => {
      this.#signal.throwIfAborted();
      this.#signal.addEventListener("abort", () => reject(this.#signal.reason), { once: true });
      const buttons = (Object.entries(choices) as [C, string][]).map(([choice, key], index) => {
        const button = makeButton("ds-button", t(key), () => {
          also?.(choice);
          resolve(choice);
        });
        if (index > 0) button.dataset["variant"] = "secondary";
        return button;
      });
      this.#buttons.replaceChildren(...buttons);
    });
  }
}
