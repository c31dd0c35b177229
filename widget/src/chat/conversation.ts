/** One conversation: what was said, what is being sent, and how both are shown. */

import { isLanguage, language, setLanguage, t, type Language } from "../shared/language";
import { announce, announceTurn } from "./announcer";
import { type ApiError, fetchMessages } from "./api";
import { giveBack, showError } from "./composer";
import { hasContact, lostContact, missedContact } from "./connection";
import { Delivery } from "./delivery";
import { countUnread } from "./frame";
import { hideLate, showLate } from "./late";
import * as log from "./log";
import type { Sending } from "./outbox";
import { Presses } from "./presses";
import { awaitPatient, stopWaiting } from "./silence";
import { Stream } from "./stream";
import { Transcript } from "./transcript";
import { Turn } from "./turn";
import { showTyping } from "./typing";
import type { Button, Content, Message } from "./types";

export interface ConversationWatcher {
  /** The server no longer has the conversation. */
  onOver(): void;
  /** It was deleted, in another window. */
  onDeleted(): void;
  /** A button wants something that the page does itself. */
  onAction(action: NonNullable<Button["action"]>): void;
}

export class Conversation {
  readonly #watcher: ConversationWatcher;
  readonly #transcript = new Transcript();
  readonly #presses = new Presses();
  readonly #turn = new Turn((messages) => this.#told(messages));
  readonly #delivery: Delivery;
  #stream: Stream | null = null;
  #isClosed = false;

  constructor(watcher: ConversationWatcher) {
    this.#watcher = watcher;
    log.clearLog();
    this.#delivery = new Delivery({
      last: () => this.#transcript.last,
      onWorking: showTyping,
      onAnswer: (messages) => this.#answered(messages),
      onLate: showLate,
      onRetry: ({ id }) => log.markSending(id),
      onFailure: (sending, error, givenUp) => this.#failed(sending, error, givenUp),
      onRefused: (sending, error) => this.#refused(sending, error),
      onOver: ({ content, text }) => {
        if ("text" in content) giveBack(text);
        watcher.onOver();
      },
    });
  }

  get messages(): readonly Message[] {
    return this.#transcript.messages;
  }

  /** Begins with the assistant's welcome. */
  begin(welcome: readonly Message[]): void {
    this.#take(welcome);
    this.#turn.complete();
    this.#listen();
  }

  /**
   * Takes up the conversation of before a reload, without announcing it.
   * @throws ApiError when the server cannot be asked, or no longer has it
   */
  async restore(): Promise<void> {
    const messages = await fetchMessages(0);
    const last = messages.findLast(({ from }) => from === "assistant");
    if (last && isLanguage(last.language)) setLanguage(last.language);
    this.#take(messages);
    this.#turn.drop();
    for (const [offer, button] of this.#presses.of(messages)) log.showSpent(offer, button);
    for (const sending of this.#delivery.sendings) {
      if (sending.text && !this.#transcript.has(sending.id)) log.addSending(sending);
    }
    this.#offer();
    log.scrollTo(undefined);
    void this.#delivery.run();
    this.#listen();
  }

  say(text: string): void {
    this.#send({ text }, text);
  }

  /** Asks the assistant to go on in another language; the page is in it already. */
  speak(next: Language): void {
    this.#send({ language: next }, "");
  }

  /** Tells the assistant what the check of the patient's device came to. */
  report(check: object): void {
    this.#send({ check }, "");
  }

  /** Ends it here: what is still on its way is not shown. */
  close(): void {
    this.#isClosed = true;
    this.#delivery.close();
    this.#stream?.close();
    this.#turn.drop();
    stopWaiting();
    showTyping(false);
    hideLate();
  }

  #listen(): void {
    this.#stream = new Stream({
      last: () => this.#transcript.last,
      onMessage: (message) => this.#take([message]),
      onDeleted: () => this.#watcher.onDeleted(),
      onOver: () => this.#watcher.onOver(),
      onContact: (isReached) => {
        if (isReached) this.#reached();
        else missedContact();
      },
    });
  }

  #reached(): void {
    hasContact();
    this.#delivery.hurry();
  }

  #send(content: Content, text: string, id: string = crypto.randomUUID()): void {
    stopWaiting();
    const sending = { id, content, text, time: new Date().toISOString() };
    if (text) {
      log.addSending(sending);
      this.#offer();
      log.scrollTo(undefined);
    }
    this.#delivery.send(sending);
  }

  #press(button: Button): void {
    if (button.action) return this.#watcher.onAction(button.action);
    const id = crypto.randomUUID();
    this.#presses.keep(id, button.id);
    this.#send({ press: button.id }, button.title, id);
  }

  /** Shows what has arrived, by whatever way, and gathers the assistant's part for telling. */
  #take(arrived: readonly Message[]): void {
    if (this.#isClosed) return;
    const fresh = this.#transcript.merge(arrived);
    if (fresh.length === 0) return;
    const answers = fresh.filter(({ from }) => from === "assistant");
    const spoken = answers.at(-1)?.language;
    // Before the answer is shown: whatever the page says of it, or around it, is in its language.
    if (spoken) this.#follow(spoken);
    fresh.forEach(log.addMessage);
    this.#turn.add(answers, this.#delivery.isRunning);
    if (answers.length > 0) {
      showTyping(false);
      hideLate();
    }
    this.#offer();
    log.askAbout(this.#turnEnds(), (seq, rating) => this.#transcript.rate(seq, rating));
    log.scrollTo(this.#turn.first);
    // A turn is stored whole: with its first message the server has taken the sending.
    for (const { id } of fresh) if (id !== undefined) this.#delivery.arrived(id);
  }

  #answered(messages: readonly Message[]): void {
    this.#take(messages);
    hasContact(); // not before: it is announced in the language that the answer may have changed
    this.#turn.complete();
    hideLate();
  }

  /** A whole turn has come. */
  #told(messages: readonly Message[]): void {
    const last = messages.at(-1);
    if (!last) return;
    announceTurn(messages);
    countUnread(messages.length);
    const asks = (last.buttons ?? []).length > 0 || last.text.trimEnd().endsWith("?");
    if (asks) awaitPatient(() => this.#send({ silence: true }, ""));
    else stopWaiting();
  }

  /** The patient may ask for another language along the way; the page follows. */
  #follow(spoken: Language): void {
    const isSwitching = this.#delivery.sendings.some(({ content }) => "language" in content);
    if (spoken !== language() && !isSwitching) setLanguage(spoken);
  }

  /** Only what was said last can be answered by a button. */
  #offer(): void {
    const last = this.#transcript.messages.at(-1);
    const isAnswered = this.#delivery.sendings.some(({ text, id }) => text && !this.#transcript.has(id));
    log.offerChoices(last?.from === "assistant" && !isAnswered ? last : null, (button) => this.#press(button));
  }

  /** The last message of each turn but the welcome. */
  #turnEnds(): Message[] {
    const all = this.#transcript.messages;
    const begin = all.findIndex(({ from }) => from === "user");
    return all.filter(
      ({ from }, at) => begin >= 0 && at > begin && from === "assistant" && all[at + 1]?.from !== "assistant",
    );
  }

  #failed(sending: Sending, error: ApiError, givenUp: boolean): void {
    if (error.status === 0) lostContact();
    const state = t(givenUp ? "not_sent" : "waiting");
    for (const one of givenUp ? [sending] : this.#delivery.sendings) {
      if (!one.text) continue;
      const advice = error.sentence || t("phone");
      log.markUnsent(one.id, state, advice, () => this.#delivery.retry(one.id));
    }
    // Without network the notice of it was announced.
    if (error.status !== 0 && sending.text) announce(`${state} ${error.sentence || t("phone")}`);
  }

  #refused(sending: Sending, error: ApiError): void {
    log.dropSending(sending.id);
    showTyping(false);
    if ("silence" in sending.content) return;
    if ("text" in sending.content) giveBack(sending.text);
    showError(error.sentence || t("no_contact"));
    this.#offer();
  }
}
