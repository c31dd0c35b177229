/**
 * Brings what the patient sends to the server: one by one, in order, each until the server has
 * taken it, over breaks of the network and over a reload.
 */

import { ApiError, sendMessage } from "./api";
import { backoff } from "./backoff";
import { Outbox, type Sending } from "./outbox";
import { Pause } from "./pause";
import { outboxKeeper } from "./tab-memory";
import type { Message } from "./types";

/** A sending that makes the server fail so many times is given up, so that it holds up no other. */
const MOST_SERVER_FAILURES = 4;

export interface DeliveryWatcher {
  /** The last seq the page has. */
  last(): number;
  /** The server is being asked, or waited for (false). */
  onWorking(isWorking: boolean): void;
  onAnswer(messages: readonly Message[]): void;
  /** The answer comes later; the sentence is for the patient. */
  onLate(sentence: string): void;
  /** It has not gone through yet. With givenUp it is not tried again by itself. */
  onFailure(sending: Sending, error: ApiError, givenUp: boolean): void;
  /** It is being tried again. */
  onRetry(sending: Sending): void;
  /** The server will never take it. */
  onRefused(sending: Sending, error: ApiError): void;
  onOver(sending: Sending): void;
}

export class Delivery {
  readonly #outbox = new Outbox(outboxKeeper);
  readonly #watcher: DeliveryWatcher;
  readonly #pause = new Pause();
  #failures = 0;
  #isRunning = false;
  #isClosed = false;

  constructor(watcher: DeliveryWatcher) {
    this.#watcher = watcher;
    addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
  }

  /** What has not been taken yet. */
  get sendings(): readonly Sending[] {
    return this.#outbox.sendings;
  }

  /** Whether a sending is on its way now. */
  get isRunning(): boolean {
    return this.#isRunning && this.#failures === 0;
  }

  send(sending: Sending): void {
    this.#outbox.add(sending);
    void this.run();
  }

  /** Takes up what was not sent before a reload. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#outbox.next; next && !this.#isClosed; next = this.#outbox.next) {
      await this.#deliver(next);
    }
    this.#isRunning = false;
    if (!this.#isClosed) this.#watcher.onWorking(false);
  }

  /** Tries at once instead of waiting. */
  readonly hurry = (): void => this.#pause.end();

  /** Tries a sending again that failed; of those given up too. */
  retry(id: string): void {
    this.#outbox.revive(id);
    this.hurry();
    void this.run();
  }

  /** The stream has brought the answer to a sending: it need not be sent again. */
  arrived(id: string): void {
    if (!this.#outbox.sendings.some((sending) => sending.id === id)) return;
    this.#outbox.remove(id);
    this.#failures = 0;
    this.hurry();
  }

  /** Ends it: answers still on their way are not told. */
  close(): void {
    this.#isClosed = true;
    removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    this.#pause.end();
  }

  async #deliver(sending: Sending): Promise<void> {
    const watcher = this.#watcher;
    watcher.onWorking(true);
    watcher.onRetry(sending);
    try {
      const sent = await sendMessage(sending.id, watcher.last(), sending.content);
      if (this.#isClosed) return;
      if ("late" in sent) {
        watcher.onLate(sent.late);
        this.#failures += 1;
        await this.#pause.wait(backoff(this.#failures));
        return;
      }
      this.#failures = 0;
      this.#outbox.remove(sending.id);
      watcher.onAnswer(sent.messages);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!this.#isClosed) await this.#failed(sending, error);
    }
  }

  async #failed(sending: Sending, error: ApiError): Promise<void> {
    if (!this.#outbox.sendings.includes(sending)) return; // its answer has come by the stream
    if (error.isOver) {
      this.close();
      this.#watcher.onOver(sending);
      return;
    }
    if (!error.canRetry || "silence" in sending.content) {
      this.#outbox.remove(sending.id);
      this.#watcher.onRefused(sending, error);
      return;
    }
    this.#failures += 1;
    const givesUp = error.status === 500 && this.#failures >= MOST_SERVER_FAILURES;
    this.#watcher.onWorking(false);
    this.#watcher.onFailure(sending, error, givesUp);
    if (givesUp) {
      this.#failures = 0;
      this.#outbox.fail(sending.id);
    } else {
      await this.#pause.wait(Math.max(backoff(this.#failures), error.wait));
    }
  }
}
