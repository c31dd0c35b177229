// @ts-check
/** The field where the patient writes, its counter and its errors. */

import { announce } from "./announcer.js";
import { element, make } from "./dom.js";
import { hasIdentityNumber } from "./identity.js";
import { t } from "./language.js";
import { fill } from "./strings.js";

const LONGEST = 500;
const COUNTER_FROM = 100;
/** The count is said when the patient pauses, not for every letter. */
const PAUSE_MS = 1000;

const form = element("composer", HTMLFormElement);
const field = element("text", HTMLTextAreaElement);
const counter = element("counter", HTMLElement);
const errorPlace = element("error", HTMLElement);

let pause = 0;

/**
 * @param {(text: string) => void} onSend called with a text that may be sent
 */
export function watchComposer(onSend) {
  field.addEventListener("input", () => {
    showCounter();
    showError(charactersLeft() < 0 ? fill(t.errorLong, { n: LONGEST }) : "");
  });
  field.addEventListener("keydown", (event) => {
    // isComposing: Enter may also end the writing of one character.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(onSend);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(onSend);
  });
}

export function focusField() {
  field.focus();
}

export function clearComposer() {
  setText("");
}

/**
 * Gives back a text the server did not take, unless the patient has begun on another.
 * @param {string} text
 */
export function giveBack(text) {
  if (field.value === "") setText(text);
}

/**
 * Shows an error by the field.
 * @param {string} sentence empty to take the error away
 */
export function showError(sentence) {
  if (errorPlace.textContent === sentence) return; // the same error is said once
  // The paragraph comes and goes inside a permanent role=alert, which is how it gets read out.
  errorPlace.replaceChildren(...(sentence ? [make("p", "", sentence)] : []));
  field.setAttribute("aria-describedby", sentence ? "error hint counter" : "hint counter");
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** @param {(text: string) => void} onSend */
function submit(onSend) {
  const text = field.value.trim();
  const error = problem(text);
  if (error) {
    showError(error);
    field.focus();
    return;
  }
  setText("");
  onSend(text);
}

/** @param {string} text */
function problem(text) {
  if (text === "") return t.errorEmpty;
  if (charactersLeft() < 0) return fill(t.errorLong, { n: LONGEST });
  if (hasIdentityNumber(text)) return t.errorIdentity;
  return "";
}

/** @param {string} text */
function setText(text) {
  field.value = text;
  showCounter();
  showError("");
}

function charactersLeft() {
  // Counted as the server counts, where an emoji is one character.
  return LONGEST - [...field.value.trim()].length;
}

function showCounter() {
  const left = charactersLeft();
  counter.textContent = left > COUNTER_FROM ? ""
    : fill(left < 0 ? t.charactersOver : t.charactersLeft, { n: Math.abs(left) });
  counter.classList.toggle("over", left < 0);
  clearTimeout(pause);
  if (counter.textContent) pause = setTimeout(() => announce(counter.textContent ?? ""), PAUSE_MS);
}
