/** The page: a phone that writes text messages from a made-up number, and gets the answers. */

import { announce } from "../chat/announcer";
import { element, make } from "../shared/dom";
import { clock } from "../shared/language";
import { withLinks } from "../shared/links";
import { madeUp, type Message, numbers, type Phone, phone, save, take } from "./memory";
import { inWords, measure } from "./segments";
import { bring, fetchAnswers, RefusedError, WRONG_NUMBER } from "./service";
import "./simulator.css";

const EVERY_MS = 500;
/** The service also takes names, such as POSTEN, but does not answer them. */
const NUMBER = /^\+?[\d ()-]+$/;

const log = element("log", HTMLElement);
const field = element("text", HTMLTextAreaElement);
const counter = element("counter", HTMLElement);
const numberField = element("number", HTMLInputElement);
const error = element("error", HTMLElement);
const numberError = element("number-error", HTMLElement);

let used = take(phone()?.number ?? madeUp());
/** What is being sent, or could not be sent: a second try has the same id. */
let unsent = { id: "", text: "" };
let sending = false;
let fetching = false;
/** Whether the last fetch failed, and the page says so. */
let failing = false;

/** @param number of the phone that is used from now on */
function usePhone(number: string): void {
  used = take(number);
  showPhone();
  refresh();
}

function showPhone(): void {
  numberField.value = used.number;
  element("numbers", HTMLDataListElement).replaceChildren(...numbers().map((number) => {
    const choice = make("option", "");
    choice.value = number;
    return choice;
  }));
  log.replaceChildren();
  show(error, "");
  show(numberError, "");
  used.messages.forEach(showMessage);
}

/** Gets what has been sent to the phone since the last time. */
async function refresh(): Promise<void> {
  const asking = used;
  if (fetching) return;
  fetching = true;
  try {
    const answers = await fetchAnswers(asking.number, asking.last);
    if (failing) show(numberError, "");
    failing = false;
    if (sending) return; // or an answer would be above what it answers; it is fetched again
    const got = answers.filter(({ id }) => id > asking.last);
    for (const { id, text, segments, created_at: time } of got) {
      asking.last = id;
      keep(asking, { own: false, text, segments, time });
    }
    if (asking === used && got.length > 0) {
      announce(`Videohjelp: ${got.map(({ text }) => text).join(" ")}`);
    }
  } catch (problem) {
    failing = true;
    show(numberError, sentence(problem));
  } finally {
    fetching = false;
  }
}

async function send(): Promise<void> {
  const text = field.value;
  if (sending || text.trim() === "") return;
  sending = true;
  const from = used;
  if (unsent.text !== text) unsent = { id: crypto.randomUUID(), text };
  try {
    await bring(unsent.id, from.number, text);
    unsent = { id: "", text: "" };
    show(error, "");
    keep(from, { own: true, text, segments: measure(text).segments, time: new Date().toISOString() });
    write("");
    refresh();
  } catch (problem) {
    show(error, sentence(problem));
  } finally {
    sending = false;
  }
}

function keep(at: Phone, message: Message): void {
  at.messages.push(message);
  save();
  if (at === used) showMessage(message);
}

function showMessage({ own, text, segments, time }: Message): void {
  const stamp = make("time", "", clock(time));
  stamp.dateTime = time;
  log.append(make("div", `message ${own ? "from-user" : "from-robot"}`,
    make("p", "meta", make("span", "speaker", own ? "Du" : "Videohjelp"), " ", stamp,
      ` · ${inWords(segments)}`),
    // What a patient writes is not made into links.
    make("div", "bubble", make("p", "", ...(own ? [text] : withLinks(text))))));
  log.scrollTop = log.scrollHeight;
}

/** @param text to put into the field */
function write(text: string): void {
  field.value = text;
  count();
}

function count(): void {
  const { gsm7, length, segments, left } = measure(field.value);
  const alphabet = gsm7 ? "GSM-7" : "ikke GSM-7, 70 tegn i en SMS";
  counter.textContent = `${length} tegn (${alphabet}), ${inWords(segments)}, ${left} tegn igjen`;
}

/**
 * Shows an error inside a permanent role=alert, which is how it gets read out.
 * @param text empty to take the error away
 */
function show(place: HTMLElement, text: string): void {
  if (place.textContent === text) return;
  place.replaceChildren(...(text ? [make("p", "", text)] : []));
}

/**
 * @returns a sentence for whoever tries the simulator
 * @throws whatever is no refusal of the service
 */
function sentence(problem: unknown): string {
  if (problem instanceof RefusedError) return problem.message;
  throw problem;
}

field.addEventListener("input", count);
field.addEventListener("keydown", (event) => {
  // isComposing: Enter may also end the writing of one character.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
element("composer", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
element("phone-form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const number = numberField.value.trim();
  if (NUMBER.test(number)) usePhone(number);
  else show(numberError, WRONG_NUMBER);
});
element("new-phone", HTMLButtonElement).addEventListener("click", () => {
  usePhone(madeUp());
  announce(`Ny telefon: ${used.number}`);
});
element("keywords", HTMLElement).addEventListener("click", ({ target }) => {
  const keyword = target instanceof HTMLElement ? target.dataset["keyword"] : undefined;
  if (keyword === undefined) return;
  write(keyword);
  field.focus();
});

showPhone();
count();
refresh();
setInterval(() => {
  if (document.visibilityState === "visible") refresh();
}, EVERY_MS);
