// @ts-check
/** One conversation: what is sent, what comes back, and what happens when it does not. */

import { announce, announceTurn } from "./announcer.js";
import { ApiError, sendMessage } from "./api.js";
import { giveBack, showError } from "./composer.js";
import { element } from "./dom.js";
import { clock, language, setLanguage, t } from "./language.js";
import { addOwn, addTurn, clearLog, markFailed, markSent } from "./log.js";
import { awaitPatient, stopWaiting } from "./silence.js";

/**
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./api.js").Content} Content
 * @typedef {import("./api.js").Message} Message
 *
 * @typedef {object} Sending something on its way to the server
 * @property {string} id the same on every retry
 * @property {Content} content
 * @property {string} text what the log shows; empty for silence
 * @property {string} time ISO 8601
 * @property {HTMLElement|null} shown its message in the log; null for silence
 */

/** Shorter waits need no words. */
const TYPING_DELAY_MS = 900;

export class Conversation {
  /** What has been said and has arrived. @type {Pick<Message, "from"|"text"|"time">[]} */
  #said = [];
  /** Sendings go one by one, so that answers come in order. @type {Promise<void>} */
  #queue = Promise.resolve();
  #closed = false;
  #onOver;

  /** @param {() => void} onOver called when the server no longer has the conversation */
  constructor(onOver) {
    this.#onOver = onOver;
    clearLog();
  }

  /**
   * Shows what has been said before, without announcing it.
   * @param {Message[]} messages
   */
  restore(messages) {
    for (const message of messages) {
      if (message.from === "assistant") this.#showTurn([message]);
      else if (message.text) this.#showOwn(message); // silence has no text
    }
  }

  /**
   * Shows and announces an answer.
   * @param {Message[]} messages
   */
  receive(messages) {
    this.#showTurn(messages);
    announceTurn(messages);
  }

  /** @param {string} text */
  say(text) {
    this.#send({ text }, text);
  }

  /** Ends it here: answers still on their way are not shown. */
  close() {
    this.#closed = true;
    stopWaiting();
    showTyping(false);
  }

  /** @returns {string} the conversation as plain text */
  transcript() {
    const lines = this.#said.map(({ from, text, time }) =>
      `${clock(time)} ${from === "user" ? t.you : t.robot}:\n${text}\n`);
    return lines.join("\n");
  }

  /** @param {Message} message */
  #showOwn(message) {
    this.#said.push(message);
    addOwn(message.text, message.time);
  }

  /** @param {Message[]} messages */
  #showTurn(messages) {
    const last = messages[messages.length - 1];
    if (!last) return;
    this.#said.push(...messages);
    // The patient may ask for another language along the way; the page follows.
    if (last.language !== language) setLanguage(last.language);
    addTurn(messages, (button) => this.#send({ press: button.id }, button.title));
    const asks = (last.buttons ?? []).length > 0 || last.text.trimEnd().endsWith("?");
    if (asks) awaitPatient(() => this.#send({ silence: true }, ""));
    else stopWaiting();
  }

  /**
   * @param {Content} content
   * @param {string} text
   */
  #send(content, text) {
    stopWaiting();
    const time = new Date().toISOString();
    const shown = text ? addOwn(text, time) : null;
    this.#enqueue({ id: crypto.randomUUID(), content, text, time, shown });
  }

  /** @param {Sending} sending */
  #enqueue(sending) {
    this.#queue = this.#queue.then(() => this.#deliver(sending));
  }

  /** @param {Sending} sending */
  async #deliver(sending) {
    if (this.#closed) return;
    showTyping(true);
    try {
      const messages = await sendMessage(sending.id, sending.content);
      if (this.#closed) return;
      showTyping(false);
      if (sending.shown) {
        markSent(sending.shown);
        this.#said.push({ from: "user", text: sending.text, time: sending.time });
      }
      this.receive(messages);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#closed) return;
      showTyping(false);
      this.#fail(sending, error);
    }
  }

  /**
   * @param {Sending} sending
   * @param {ApiError} error
   */
  #fail(sending, error) {
    const { shown, content, text } = sending;
    if (error.isOver) {
      if ("text" in content) giveBack(text);
      this.#onOver();
    } else if (shown === null) {
      // Nobody is told that silence could not be sent.
    } else if (error.canRetry) {
      const advice = `${error.sentence} ${t.phone}.`.trim();
      markFailed(shown, advice, () => this.#enqueue(sending));
      announce(`${t.notSent}. ${advice}`);
    } else {
      shown.remove();
      if ("text" in content) giveBack(text);
      showError(error.sentence || t.noContact);
    }
  }
}

let typing = 0;

/** @param {boolean} on */
function showTyping(on) {
  const place = element("typing", HTMLElement);
  clearTimeout(typing);
  place.textContent = "";
  if (on) typing = setTimeout(() => { place.textContent = t.typing; }, TYPING_DELAY_MS);
}
