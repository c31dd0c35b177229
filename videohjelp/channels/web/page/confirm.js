// @ts-check
/** Asks "are you sure?" in the page. */

import { element, make } from "./dom.js";

const dialog = element("confirm", HTMLDialogElement);
const question = element("confirm-question", HTMLElement);
const yes = element("confirm-yes", HTMLButtonElement);
const no = element("confirm-no", HTMLButtonElement);
const errorPlace = element("confirm-error", HTMLElement);

no.addEventListener("click", () => dialog.close());

/**
 * Opens the dialog. It stays open until the action has succeeded or the patient declines.
 * @param {string} text the question
 * @param {string} yesLabel
 * @param {() => Promise<string>} action done on yes; gives an error to show, or an empty text
 * @returns {Promise<boolean>} whether it was done, once the dialog is closed
 */
export function confirm(text, yesLabel, action) {
  question.textContent = text;
  yes.textContent = yesLabel;
  errorPlace.replaceChildren();
  let working = false;
  let done = false;
  yes.onclick = async () => {
    if (working) return;
    working = true;
    const error = await action();
    working = false;
    done = error === "";
    if (done) dialog.close();
    else errorPlace.replaceChildren(make("p", "", error));
  };
  dialog.showModal();
  // The question, not a button, so that pressing Enter once too often does nothing.
  question.focus();
  return new Promise((resolve) => { dialog.onclose = () => resolve(done); });
}
