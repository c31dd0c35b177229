/** Asks "are you sure?" in the page. */

import { element, make } from "../shared/dom";

const dialog = element("confirm", HTMLDialogElement);
const question = element("confirm-question", HTMLElement);
const yes = element("confirm-yes", HTMLButtonElement);
const no = element("confirm-no", HTMLButtonElement);
const errorPlace = element("confirm-error", HTMLElement);

no.addEventListener("click", () => dialog.close());

/**
 * Opens the dialog. It stays open until the action has succeeded or the patient declines.
 * @param action done on yes; gives an error to show, or an empty text
 * @returns whether it was done, once the dialog is closed
 */
export function confirm(text: string, yesLabel: string, action: () => Promise<string>): Promise<boolean> {
  question.textContent = text;
  yes.textContent = yesLabel;
  errorPlace.replaceChildren();
  let isWorking = false;
  let isDone = false;
  yes.onclick = async () => {
    if (isWorking) return;
    isWorking = true;
    const error = await action();
    isWorking = false;
    isDone = error === "";
    if (isDone) dialog.close();
    else errorPlace.replaceChildren(make("p", "", error));
  };
  dialog.showModal();
  // The question, not a button, so that pressing Enter once too often does nothing.
  question.focus();
  return new Promise((resolve) => (dialog.onclose = () => resolve(isDone)));
}
