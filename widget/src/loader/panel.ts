// The dialog with the conversation page in a frame, fetched when it is opened for the first time.
import { element } from "./element.ts";
import { say } from "./launcher.ts";
import { type Language, tell } from "./messages.ts";

/** As in loader.css: room for the dialog beside the page; else it takes the whole screen. */
const ROOMY = "(min-width: 40em) and (min-height: 32em)";
/** After this the patient is told whom to call, and may go on waiting. */
const PATIENCE_MS = 10_000;
/**
 * The focus follows into the page after this. A screen reader that meets the page by its focus,
 * before the browser has told it where the page belongs (Orca in Chromium), says no answer at all.
 */
const ENTER_MS = 300;

/** A dialog: beside the page where there is room, else modal over the whole screen. */
export class Panel {
  readonly dialog = element("dialog", { tabindex: "-1" });
  frame: HTMLIFrameElement | undefined;
  readonly #address: (language: Language) => URL;
  readonly #roomy = matchMedia(ROOMY);
  readonly #waiting = element("div", { class: "waiting" });
  readonly #problem = element("p", { role: "alert" });
  readonly #closeButton = element("button", { type: "button" });
  #language: Language = "nb";
  #ready = false;

  /**
   * @param address gives the conversation page's address in a language, on the assistant's origin.
   * @param onClose called when the patient wants to close.
   */
  constructor(
    address: (language: Language) => URL,
    onClose: () => void,
  ) {
    this.#address = address;
    this.#waiting.append(this.#problem, this.#closeButton);
    this.dialog.append(this.#waiting);
    this.#closeButton.onclick = onClose;
    // Escape in a modal dialog: closing is ours, for the launcher must be there before the focus.
    this.dialog.oncancel = (event) => {
      event.preventDefault();
      onClose();
    };
    this.#roomy.addEventListener("change", () => this.#changeMode());
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  /** Whether the dialog covers the page, which then takes neither focus nor keys. */
  get modal(): boolean {
    return !this.#roomy.matches;
  }

  /** Names in a language. The page in the frame has its own switch. */
  speak(language: Language): void {
    this.#language = language;
    const name = say("region", language);
    this.dialog.setAttribute("aria-label", name);
    this.frame?.setAttribute("title", name);
    this.#closeButton.textContent = say("close", language);
  }

  /** Fetches the page, once. It may stay unseen: it then counts the answers that come. */
  load(): void {
    if (this.frame) return;
    this.frame = element("iframe", {
      title: say("region", this.#language),
      allow: "camera; microphone; autoplay",
      src: this.#address(this.#language).href,
    });
    this.dialog.append(this.frame);
    setTimeout(() => {
      if (!this.#ready) this.#problem.textContent = say("failed", this.#language);
    }, PATIENCE_MS);
  }

  /** Opens. takeFocus: false when the patient did not ask for it just now. */
  open(takeFocus: boolean): void {
    this.load();
    this.#show(takeFocus);
    this.#report();
  }

  /** Closes; the conversation goes on in the frame. */
  close(): void {
    this.dialog.close();
    this.#report();
  }

  /** The page has come: its own button to close takes the place of ours. */
  pageIsReady(): void {
    this.#ready = true;
    // Once hidden, our button would lose the focus it may have.
    if (this.#hasFocus()) this.dialog.focus();
    this.#waiting.hidden = true;
    this.#report();
    setTimeout(() => {
      // Unless the patient has moved it meanwhile.
      if (this.#focused() !== this.dialog) return;
      this.frame?.focus();
      this.#report();
    }, ENTER_MS);
  }

  #show(takeFocus: boolean): void {
    this.#fit();
    if (this.modal) this.dialog.showModal();
    // Unlike show(), the attribute leaves the focus where it is.
    else this.dialog.open = true;
    if (!takeFocus) return;
    if (this.#ready) this.frame?.focus();
    else this.dialog.focus();
  }

  #report(): void {
    if (!this.frame) return;
    const isInside = this.#focused() === this.frame;
    const state = !this.dialog.open ? "closed" : isInside ? "opened" : "visible";
    tell(this.frame, this.#address(this.#language).origin, state);
  }

  #hasFocus(): boolean {
    return this.dialog.contains(this.#focused());
  }

  #focused(): Element | null {
    return (this.dialog.getRootNode() as ShadowRoot).activeElement;
  }

  /** The patient has turned the phone or zoomed: modal or not follows the room there is. */
  #changeMode(): void {
    if (!this.dialog.open) return;
    const inside = this.#hasFocus();
    this.dialog.close();
    this.#show(inside || this.modal);
  }

  /** Over the whole screen, but not under the keyboard. A pinch is the patient's own zoom. */
  #fit(): void {
    const view = visualViewport;
    if (!view || view.scale > 1.01) return;
    this.dialog.style.setProperty("--height", `${view.height}px`);
    this.dialog.style.setProperty("--top", `${view.offsetTop}px`);
  }
}
