/** What the patient has sent that the server has not yet taken: kept, in order, over a reload. */

import type { Content } from "./types";

export interface Sending {
  /** The same on every try, so that the server handles it once. */
  id: string;
  content: Content;
  /** What the log shows meanwhile; empty for what is not shown. */
  text: string;
  /** ISO 8601. */
  time: string;
  /** Given up until the patient asks for another try. */
  failed?: boolean;
}

/** Where the list is kept, such as sessionStorage. */
export interface Keeper {
  read(): string | null;
  write(list: string): void;
}

export class Outbox {
  #list: Sending[];
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
    this.#list = parse(keeper.read());
  }

  get sendings(): readonly Sending[] {
    return this.#list;
  }

  /** The one whose turn it is. */
  get next(): Sending | undefined {
    return this.#list.find((sending) => !sending.failed);
  }

  add(sending: Sending): void {
    this.#list.push(sending);
    this.#keep();
  }

  remove(id: string): void {
    this.#list = this.#list.filter((sending) => sending.id !== id);
    this.#keep();
  }

  /** Passes over a sending until `revive`, so that those after it are not held up. */
  fail(id: string): void {
    const sending = this.#find(id);
    if (sending) sending.failed = true;
    this.#keep();
  }

  /** Puts a sending that was given up in line again. */
  revive(id: string): void {
    delete this.#find(id)?.failed;
    this.#keep();
  }

  clear(): void {
    this.#list = [];
    this.#keep();
  }

  #find(id: string): Sending | undefined {
    return this.#list.find((sending) => sending.id === id);
  }

  #keep(): void {
    this.#keeper.write(JSON.stringify(this.#list));
  }
}

function parse(kept: string | null): Sending[] {
  try {
    const list: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(list) ? (list as Sending[]) : [];
  } catch {
    return [];
  }
}
