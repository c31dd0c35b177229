/** The menu, a dialog: what can be done besides writing. */

import { element } from "../shared/dom";

const dialog = element("menu", HTMLDialogElement);

/** @param actions by the id of the button; done once the menu is closed */
export function watchMenu(actions: Record<string, () => void>): void {
  element("menu-open", HTMLButtonElement).addEventListener("click", () => {
    dialog.showModal();
    element("menu-title", HTMLElement).focus();
  });
  for (const [id, action] of Object.entries(actions)) {
    element(id, HTMLButtonElement).addEventListener("click", () => {
      dialog.close(); // gives the focus back to the button that opened it
      action();
    });
  }
}

/** Lets every dialog be closed by its own button and by a click beside it. */
export function watchDialogs(): void {
  for (const one of document.querySelectorAll("dialog")) {
    one.querySelector("[data-close]")?.addEventListener("click", () => one.close());
    one.addEventListener("click", ({ target }) => {
      if (target === one) one.close();
    });
  }
}
