/**
 * What the simulated phones have in their memory: like real ones they keep what they have sent and
 * got, whatever the service deletes. It lasts as long as the browser's tab.
 */

export interface Message {
  /** Whether the phone has sent it; else it has got it. */
  own: boolean;
  /** Exactly as it was sent. */
  text: string;
  segments: number;
  /** ISO 8601 with offset. */
  time: string;
}

export interface Phone {
  number: string;
  /** In the order in which the phone has sent or got them. */
  messages: Message[];
  /** The service's id of the last message it has got. */
  last: number;
}

const KEY = "videohjelp-sms-phones";

/** All phones of this tab, the one in use first. */
let phones = JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as Phone[];

/** @returns the phone in use */
export function phone(): Phone | undefined {
  return phones[0];
}

/** @returns the numbers of all phones */
export function numbers(): string[] {
  return phones.map(({ number }) => number);
}

/** Takes a phone into use: the one that has had this number before, or a new one. */
export function take(number: string): Phone {
  const known = phones.find((one) => one.number === number);
  const taken = known ?? { number, messages: [], last: 0 };
  phones = [taken, ...phones.filter((one) => one !== taken)];
  save();
  return taken;
}

/** Keeps what has been changed in a phone. */
export function save(): void {
  sessionStorage.setItem(KEY, JSON.stringify(phones));
}

/** @returns a Norwegian mobile number, made up */
export function madeUp(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const digits = String(random % 100000).padStart(5, "0");
  return `900 ${digits.slice(0, 2)} ${digits.slice(2)}`;
}
