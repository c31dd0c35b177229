/** The conversation page: before the conversation, in it, and the menu. */

import "./chat.css";
import { element } from "../shared/dom";
import { followLanguage, isLanguage, language, setLanguage, t } from "../shared/language";
import { ApiError, deleteConversation, startConversation } from "./api";
import { backoff } from "./backoff";
import { checkDevice } from "./check";
import { clearComposer, focusField, restoreDraft, watchComposer } from "./composer";
import { config } from "./config";
import { confirm } from "./confirm";
import { forgetContact, lostContact, retellContact } from "./connection";
import { Conversation } from "./conversation";
import { isEmbedded, joinFrame, tell } from "./frame";
import { refreshInformation, showPhones, shownNumbers } from "./information";
import { download } from "./keep";
import { focusLog } from "./log";
import { watchDialogs, watchMenu } from "./menu";
import { forgetSession, watchSession } from "./session-clock";
import { resetSilences } from "./silence";
import { explainStart, watchStart } from "./start";
import { forget, forgetAll, hasConversation } from "./tab-memory";
import { watchTextSize } from "./text-size";
import type { Message } from "./types";
import { followViewport } from "./viewport";

let conversation: Conversation | null = null;

function show(isChatting: boolean): void {
  element("start", HTMLElement).hidden = isChatting;
  for (const id of ["chat", "robot-line", "menu-open"]) element(id, HTMLElement).hidden = !isChatting;
  document.body.classList.toggle("chatting", isChatting);
}

/** Back to the page before the conversation. */
function backToStart(why: string): void {
  conversation?.close();
  conversation = null;
  forgetAll();
  resetSilences();
  forgetSession();
  forgetContact();
  show(false);
  explainStart(why);
  tell("ended");
}

/** A new conversation on the screen, empty. */
function open(): Conversation {
  conversation?.close();
  const over = (): void => backToStart(t("expired"));
  conversation = new Conversation({
    onOver: over,
    onDeleted: () => backToStart(t("deleted")),
    onAction: () => void check(),
  });
  show(true);
  watchSession(over);
  tell("started");
  return conversation;
}

function startWith(welcome: Message[]): Conversation {
  forget("outbox");
  forget("presses");
  resetSilences();
  clearComposer();
  const opened = open();
  // Before the welcome is announced: a screen reader would break off to say where the focus went.
  focusConversation();
  opened.begin(welcome);
  return opened;
}

/** Takes up the conversation this tab had before a reload, however long the network is away. */
async function restore(): Promise<void> {
  const restored = open();
  restoreDraft();
  for (let failures = 1; conversation === restored; failures += 1) {
    try {
      return await restored.restore();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isOver) return backToStart(t("expired"));
      lostContact();
      await new Promise((resolve) => setTimeout(resolve, backoff(failures)));
    }
  }
}

/** @returns why it failed, in a sentence for the patient; empty when it did not */
async function attempt(work: () => Promise<void>): Promise<string> {
  try {
    await work();
    return "";
  } catch (error) {
    if (error instanceof ApiError) return error.sentence || t("no_contact");
    throw error;
  }
}

function focusConversation(): void {
  // On a touch screen the field would bring up the keyboard, and on a low screen scroll down to
  // itself: the welcome would be out of sight.
  if (matchMedia("(pointer: fine) and (min-height: 32em)").matches) focusField();
  else focusLog();
}

async function check(): Promise<void> {
  const result = await checkDevice();
  if (result) conversation?.report(result);
}

async function restart(): Promise<void> {
  let welcome: Message[] = [];
  const question = t("confirm_restart", { days: config.retentionDays });
  const isDone = await confirm(question, t("confirm_restart_yes"), () =>
    attempt(async () => {
      welcome = await startConversation();
    }),
  );
  // Not before the dialog is closed: what lies behind it is not announced.
  if (isDone) startWith(welcome);
}

async function remove(): Promise<void> {
  const work = (): Promise<string> => attempt(deleteConversation);
  if (!(await confirm(t("confirm_delete"), t("confirm_delete_yes"), work))) return;
  clearComposer();
  backToStart(t("deleted"));
}

/** The language is chosen before the conversation and in the menu. */
function watchLanguages(): void {
  const places = ["languages", "menu-languages"].map((id) => element(id, HTMLElement));
  for (const place of places) {
    place.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !isLanguage(target.value)) return;
      setLanguage(target.value);
      void refreshInformation();
    });
  }
  // The assistant is told once the menu is closed: what lies behind a dialog is not announced.
  let spoken = language();
  element("menu-open", HTMLElement).addEventListener("click", () => (spoken = language()));
  element("menu", HTMLDialogElement).addEventListener("close", () => {
    if (language() !== spoken) conversation?.speak(language());
  });
  followLanguage(() => {
    for (const choice of places.flatMap((place) => [...place.querySelectorAll("input")])) {
      choice.checked = choice.value === language();
    }
    document.title = t("title");
    retellContact();
  });
}

function watchFrame(): void {
  joinFrame(config, () => {
    if (conversation) focusConversation();
    else element("title", HTMLElement).focus();
  });
  const minimise = (): void => tell("close");
  element("minimise", HTMLElement).addEventListener("click", minimise);
  document.addEventListener("keydown", (event) => {
    const isInDialog = document.querySelector("dialog[open]") !== null;
    if (event.key === "Escape" && isEmbedded && !isInDialog && !event.isComposing) minimise();
  });
  followLanguage(() => tell("language", { language: language() }));
}

const asked = document.documentElement.lang;
if (isLanguage(asked)) setLanguage(asked);
watchStart(async (question) =>
  attempt(async () => {
    const opened = startWith(await startConversation());
    if (question) opened.say(question);
  }),
);
watchComposer((text) => conversation?.say(text), shownNumbers);
watchMenu({
  "check-open": () => void check(),
  "phones-open": () => void showPhones(),
  download: () => download(conversation?.messages ?? []),
  print: () => window.print(),
  restart: () => void restart(),
  delete: () => void remove(),
});
watchDialogs();
watchLanguages();
watchTextSize();
watchFrame();
followViewport();
if (hasConversation()) void restore();
else tell("ended");
void refreshInformation();
