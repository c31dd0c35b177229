/** The field where the patient writes, its counter, its errors and warnings. */

import { element, make, makeButton } from "../shared/dom";
import { t } from "../shared/language";
import { announce } from "./announcer";
import { config } from "./config";
import { type Finding, findPrivateNumber } from "./private-numbers";
import { forget, recall, remember } from "./tab-memory";

const COUNTER_FROM = 100;
/** The count is said when the patient pauses, not for every letter. */
const PAUSE_MS = 1_000;

const form = element("composer", HTMLFormElement);
const field = element("text", HTMLTextAreaElement);
const counter = element("counter", HTMLElement);
const errorPlace = element("error", HTMLElement);

let pause = 0;
let send = (_text: string): void => {};
let knownNumbers = (): ReadonlySet<string> => new Set();

/**
 * @param onSend called with a text that may be sent
 * @param ownNumbers gives telephone numbers that are no secret, digits only
 */
export function watchComposer(onSend: (text: string) => void, ownNumbers: () => ReadonlySet<string>): void {
  send = onSend;
  knownNumbers = ownNumbers;
  field.addEventListener("input", () => {
    showCounter();
    showError(charactersLeft() < 0 ? tooLong() : "");
    keepDraft();
  });
  field.addEventListener("keydown", (event) => {
    // isComposing: Enter may also end the writing of one character.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}

export function focusField(): void {
  field.focus();
}

export function clearComposer(): void {
  setText("");
}

/** Brings back what was being written before a reload. */
export function restoreDraft(): void {
  setText(recall("draft") ?? "");
}

/** Gives back a text the server did not take, unless the patient has begun on another. */
export function giveBack(text: string): void {
  if (field.value === "") setText(text);
}

/** Shows an error by the field; an empty sentence takes it away. */
export function showError(sentence: string, ...more: Node[]): void {
  const isSame = errorPlace.firstElementChild?.firstChild?.textContent === sentence;
  if (isSame || (sentence === "" && errorPlace.childElementCount === 0)) return; // said once
  // The paragraph comes and goes inside a permanent role=alert, which is how it gets read out.
  errorPlace.replaceChildren(...(sentence ? [make("p", "", sentence), ...more] : []));
  field.setAttribute("aria-describedby", sentence ? "error hint counter" : "hint counter");
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function submit(): void {
  const text = field.value.trim();
  const problem = text === "" ? t("error_empty") : charactersLeft() < 0 ? tooLong() : "";
  const finding = findPrivateNumber(text, knownNumbers());
  if (problem) showError(problem);
  else if (finding) warn(finding);
  else return deliver(text);
  field.focus();
}

function deliver(text: string): void {
  setText("");
  send(text);
}

/** Only what is certainly an identity number is never sent. */
function warn(finding: Finding): void {
  if (finding === "identity") return showError(t("error_identity"));
  const anyway = makeButton("ds-button", t("send_anyway"), () => {
    field.focus();
    deliver(field.value.trim());
  });
  anyway.dataset["variant"] = "secondary";
  const key = finding === "identity_maybe" ? "warning_identity" : `warning_${finding}`;
  showError(t(key), anyway);
}

function setText(text: string): void {
  field.value = text;
  showCounter();
  showError("");
  keepDraft();
}

/** Kept for a reload, unless it should not be sent anyway. */
function keepDraft(): void {
  if (recall("token") === null) return;
  if (field.value === "" || findPrivateNumber(field.value, knownNumbers())) forget("draft");
  else remember("draft", field.value);
}

function tooLong(): string {
  return t("error_long", { n: config.messageLimit });
}

function charactersLeft(): number {
  // Counted as the server counts, where an emoji is one character.
  return config.messageLimit - [...field.value.trim()].length;
}

function showCounter(): void {
  const left = charactersLeft();
  counter.textContent =
    left > COUNTER_FROM ? "" : t(left < 0 ? "characters_over" : "characters_left", { n: Math.abs(left) });
  counter.classList.toggle("over", left < 0);
  clearTimeout(pause);
  if (counter.textContent) pause = window.setTimeout(() => announce(counter.textContent ?? ""), PAUSE_MS);
}
