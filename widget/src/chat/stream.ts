/** The stream of messages from the server, taken up again whenever it breaks. */

import { ApiError, openEvents } from "./api";
import { backoff } from "./backoff";
import { EventParser, type ServerEvent } from "./event-parser";
import type { Message } from "./types";

/** The server sends a sign of life every 15 seconds. */
const SILENT_MS = 40_000;

export interface StreamWatcher {
  /** The last seq the page has: where the stream goes on. */
  last(): number;
  onMessage(message: Message): void;
  /** The conversation was deleted, perhaps from another tab. */
  onDeleted(): void;
  /** The server no longer has the conversation. */
  onOver(): void;
  /** Whether the server is reached; told on each change and each failure. */
  onContact(isReached: boolean): void;
}

export class Stream {
  readonly #watcher: StreamWatcher;
  #aborter = new AbortController();
  #failures = 0;
  #timer = 0;
  #closed = false;

  constructor(watcher: StreamWatcher) {
    this.#watcher = watcher;
    addEventListener("online", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    void this.#run();
  }

  /** Ends it for good. */
  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#aborter.abort();
    clearTimeout(this.#timer);
  }

  /** Tries at once instead of waiting; nothing while the stream runs. */
  readonly #wake = (): void => {
    if (this.#timer === 0 || document.visibilityState === "hidden") return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    void this.#run();
  };

  async #run(): Promise<void> {
    // The server ends each stream after some minutes; the next one follows at once, but not in a rush.
    let wait = backoff(1);
    try {
      await this.#read();
      this.#failures = 0;
    } catch (error) {
      if (this.#closed) return;
      if (error instanceof ApiError && error.isOver) {
        this.close();
        this.#watcher.onOver();
        return;
      }
      this.#failures += 1;
      wait = Math.max(backoff(this.#failures), error instanceof ApiError ? error.wait : 0);
      this.#watcher.onContact(false);
    }
    if (this.#closed) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      void this.#run();
    }, wait);
  }

  /** Reads until the stream ends; throws when it breaks. */
  async #read(): Promise<void> {
    this.#aborter = new AbortController();
    const { signal } = this.#aborter;
    const silence = new Watchdog(SILENT_MS, () => this.#aborter.abort());
    try {
      const response = await openEvents(this.#watcher.last(), signal);
      this.#failures = 0;
      this.#watcher.onContact(true);
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      const parser = new EventParser();
      for (;;) {
        silence.feed();
        const piece = await reader?.read();
        if (!piece || piece.done || this.#closed) return;
        const text = decoder.decode(piece.value, { stream: true });
        parser.push(text).forEach((event) => this.#take(event));
      }
    } finally {
      silence.stop();
    }
  }

  #take(event: ServerEvent): void {
    if (this.#closed) return;
    if (event.type === "message") this.#watcher.onMessage(JSON.parse(event.data) as Message);
    if (event.type === "deleted") {
      this.close();
      this.#watcher.onDeleted();
    }
  }
}

/** Calls back when it has not been fed for a while. */
class Watchdog {
  #timer = 0;

  constructor(
    private readonly patience: number,
    private readonly bark: () => void,
  ) {
    this.feed();
  }

  feed(): void {
    this.stop();
    this.#timer = window.setTimeout(this.bark, this.patience);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
