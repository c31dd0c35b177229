// @ts-check
/** The page: before the conversation, in it, and the menu. */

import { ApiError, deleteConversation, fetchMessages, forget, hasConversation, startConversation }
  from "./api.js";
import { clearComposer, focusField, watchComposer } from "./composer.js";
import { confirm } from "./confirm.js";
import { Conversation } from "./conversation.js";
import { element, make } from "./dom.js";
import { browserLanguage, language, setLanguage, t } from "./language.js";
import { withLinks } from "./links.js";
import { focusLog } from "./log.js";
import { watchMenu } from "./menu.js";
import { resetSilences } from "./silence.js";

const begin = element("begin", HTMLButtonElement);
const startError = element("start-error", HTMLElement);
const notice = element("notice", HTMLElement);
const menu = element("menu", HTMLDetailsElement);

/** @type {Conversation|null} */
let conversation = null;

/** @param {boolean} chatting */
function show(chatting) {
  element("start", HTMLElement).hidden = chatting;
  element("chat", HTMLElement).hidden = !chatting;
  element("robot-line", HTMLElement).hidden = !chatting;
  menu.hidden = !chatting;
  document.body.classList.toggle("chatting", chatting);
}

/**
 * Back to the page before the conversation.
 * @param {string} why
 */
function backToStart(why) {
  conversation?.close();
  conversation = null;
  forget();
  resetSilences();
  show(false);
  refreshStart();
  startError.replaceChildren();
  notice.textContent = why;
  notice.hidden = false;
  notice.focus();
}

/** Brings the start page in step with the page's language. */
function refreshStart() {
  element("languages", HTMLElement).querySelectorAll("input")
    .forEach((choice) => { choice.checked = choice.value === language; });
  element("emergency", HTMLElement).replaceChildren(...withLinks(t.privacyEmergency));
}

/** @returns {Conversation} a new one, empty, on the screen */
function open() {
  conversation?.close();
  conversation = new Conversation(() => backToStart(t.expired));
  show(true);
  return conversation;
}

/** @param {import("./api.js").Message[]} welcome */
function startWith(welcome) {
  resetSilences();
  clearComposer();
  notice.hidden = true;
  open().receive(welcome);
  focusConversation();
}

/** Takes up the conversation this tab had before a reload. */
async function restore() {
  const restored = open();
  try {
    restored.restore(await fetchMessages());
  } catch (error) {
    explain(error);
    if (error instanceof ApiError && error.isOver) return backToStart(t.expired);
    // The token is kept: reloading once more may go better.
    restored.close();
    show(false);
    showStartError(t.notRestored);
  }
}

/**
 * @param {() => Promise<void>} work that asks something of the server
 * @returns {Promise<string>} why it failed, in a sentence for the patient; empty when it did not
 */
async function attempt(work) {
  try {
    await work();
    return "";
  } catch (error) {
    return explain(error);
  }
}

/**
 * @param {unknown} error
 * @returns {string} a sentence for the patient
 * @throws whatever is not a failed request
 */
function explain(error) {
  if (error instanceof ApiError) return error.sentence || t.noContact;
  throw error;
}

/** @param {string} sentence */
function showStartError(sentence) {
  startError.replaceChildren(make("p", "", `${sentence} `, ...withLinks(`${t.phone}.`)));
}

function focusConversation() {
  // On a touch screen the field would bring up the keyboard, and on a low screen scroll down to
  // itself: the welcome would be out of sight.
  if (matchMedia("(pointer: fine) and (min-height: 32em)").matches) focusField();
  else focusLog();
}

function download() {
  const file = new Blob([conversation?.transcript() ?? ""], { type: "text/plain;charset=utf-8" });
  const link = make("a", "");
  link.href = URL.createObjectURL(file);
  link.download = t.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

element("languages", HTMLElement).addEventListener("change", (event) => {
  const chosen = /** @type {HTMLInputElement} */ (event.target).value;
  setLanguage(/** @type {import("./strings.js").Language} */ (chosen));
  refreshStart();
  // These were written in the language before.
  startError.replaceChildren();
  notice.hidden = true;
});

begin.addEventListener("click", async () => {
  if (begin.getAttribute("aria-disabled") === "true") return;
  begin.setAttribute("aria-disabled", "true");
  startError.replaceChildren();
  const error = await attempt(async () => startWith(await startConversation(language)));
  begin.removeAttribute("aria-disabled");
  if (error) showStartError(error);
});

watchComposer((text) => conversation?.say(text));

watchMenu(menu, {
  async restart() {
    /** @type {import("./api.js").Message[]} */
    let welcome = [];
    const done = await confirm(t.confirmRestart, t.confirmRestartYes, () => attempt(async () => {
      welcome = await startConversation(language);
    }));
    // Not before the dialog is closed: what lies behind it is not announced.
    if (done) startWith(welcome);
  },
  async delete() {
    const remove = () => attempt(deleteConversation);
    const done = await confirm(t.confirmDelete, t.confirmDeleteYes, remove);
    if (!done) return;
    clearComposer();
    backToStart(t.deleted);
  },
  download,
});

setLanguage(browserLanguage());
refreshStart();
begin.hidden = false;
if (hasConversation()) restore();
