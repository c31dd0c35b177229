/** Reads a text/event-stream (HTML standard, 9.2.6), in pieces as they come. */

export interface ServerEvent {
  /** "message" when the stream names none. */
  type: string;
  data: string;
}

export class EventParser {
  #rest = "";
  #type = "";
  #data: string[] = [];

  /** @returns the events that this piece completes */
  push(piece: string): ServerEvent[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.map((line) => this.#line(line)).filter((event) => event !== null);
  }

  #line(line: string): ServerEvent | null {
    if (line === "") return this.#complete();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") this.#type = value ?? "";
    if (field === "data") this.#data.push(value ?? "");
    return null;
  }

  #complete(): ServerEvent | null {
    const event = { type: this.#type || "message", data: this.#data.join("\n") };
    const isEmpty = this.#data.length === 0 && this.#type === "";
    this.#type = "";
    this.#data = [];
    return isEmpty ? null : event;
  }
}
