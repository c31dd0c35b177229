// The button on the hospital's page.
import texts from "../../../data/widget/texts.yml?prefix=launcher_";
import { element } from "./element.ts";
import type { Language } from "./messages.ts";

const STATUS_MS = 7000;

/** The button with its text and, when answers wait, their number: seen, named and announced. */
export class Launcher {
  readonly button = element("button", { class: "launcher", type: "button", "aria-haspopup": "dialog" });
  /** Announces answers that come while the dialog is closed. */
  readonly status = element("div", { class: "said status", role: "status" });
  readonly #text = element("span");
  readonly #badge = element("span", { class: "badge", "aria-hidden": "true" });
  readonly #badgeName = element("span", { class: "said" });
  #unread = 0;
  #language: Language = "nb";

  constructor() {
    this.button.append(this.#text, this.#badge, this.#badgeName);
  }

  /** Shows the texts in a language. */
  speak(language: Language): void {
    this.#language = language;
    this.#text.textContent = say("open", language);
    this.count(this.#unread);
  }

  /** Shows how many answers wait; 0 removes the badge. */
  count(unread: number): void {
    const key = unread === 1 ? "unread_one" : "unread_many";
    const said = unread ? say(key, this.#language).replace("{count}", String(unread)) : "";
    this.#badge.hidden = !unread;
    this.#badge.textContent = String(unread);
    this.#badgeName.textContent = said;
    if (unread > this.#unread) {
      this.status.textContent = said;
      setTimeout(() => (this.status.textContent = ""), STATUS_MS);
    }
    this.#unread = unread;
  }
}

/** A text of the launcher in a language. */
export function say(key: string, language: Language): string {
  return (texts[key] as Record<Language, string>)[language];
}
