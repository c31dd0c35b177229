/** "Was this answer helpful?" below an answer and in its language, with undo and a comment. */

import { make, makeButton } from "../shared/dom";
import { type Language, type Texts, textsIn } from "../shared/language";
import { announce } from "./announcer";
import { ApiError, sendFeedback } from "./api";
import { findPrivateNumber } from "./private-numbers";
import type { Message, Rating } from "./types";

const LONGEST_COMMENT = 500;

/** @returns the question, or what was answered; it changes by itself */
export function feedback(
  { seq, rating, language }: Message,
  onRated: (rating: Rating | null) => void,
): HTMLElement {
  const t = textsIn(language);
  const place = make("div", "feedback");
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", t("rate"));

  async function rate(next: Rating | null): Promise<void> {
    try {
      await sendFeedback(seq, next, "");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      say(place, error.sentence || t("rate_failed"), language);
      return;
    }
    onRated(next);
    if (next) showRated(next, true);
    else showQuestion(true);
    announce(t(next ? "rated" : "rate_undone"), language);
  }

  function showQuestion(moveFocus: boolean): void {
    const buttons = (["up", "down"] as const).map((one) => thumb(one, t, () => void rate(one)));
    place.replaceChildren(...buttons);
    if (moveFocus) buttons[0]?.focus();
  }

  function showRated(given: Rating, moveFocus: boolean): void {
    const undo = quiet(t("rate_undo"), () => void rate(null));
    place.replaceChildren(make("span", "", `${t(`rate_${given}`)}. ${t("rated")}`), undo, commentForm(seq, given, language));
    if (moveFocus) undo.focus();
  }

  if (rating) showRated(rating, false);
  else showQuestion(false);
  return place;
}

function thumb(rating: Rating, t: Texts, onClick: () => void): HTMLButtonElement {
  const button = quiet(t(`rate_${rating}`), onClick);
  button.prepend(make("span", `thumb ${rating}`));
  return button;
}

function commentForm(seq: number, rating: Rating, language: Language): HTMLElement {
  const t = textsIn(language);
  const field = make("textarea", "ds-input");
  field.rows = 2;
  field.maxLength = LONGEST_COMMENT;
  field.setAttribute("aria-label", t("comment"));
  const send = quiet(t("comment_send"), () => void submit());
  const form = make("details", "", make("summary", "", t("comment")), field, send);

  async function submit(): Promise<void> {
    const comment = field.value.trim();
    if (!comment) return field.focus();
    if (findPrivateNumber(comment, new Set()) === "identity") return say(form, t("error_identity"), language);
    try {
      await sendFeedback(seq, rating, comment);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return say(form, error.sentence || t("rate_failed"), language);
    }
    const thanks = make("p", "note", t("comment_sent"));
    thanks.tabIndex = -1;
    form.replaceWith(thanks);
    thanks.focus();
  }

  return form;
}

function quiet(title: string, onClick: () => void): HTMLButtonElement {
  const button = makeButton("ds-button", title, onClick);
  button.dataset["variant"] = "tertiary";
  button.dataset["size"] = "sm";
  return button;
}

/** Says why it did not work, beside what was pressed. */
function say(place: HTMLElement, sentence: string, language: Language): void {
  place.querySelector(".problem")?.remove();
  place.append(make("p", "problem", sentence));
  announce(sentence, language);
}
