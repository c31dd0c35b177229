// @ts-check
/**
 * What the simulated phones have in their memory: like real ones they keep what they have sent and
 * got, whatever the service deletes. It lasts as long as the browser's tab.
 */

/**
 * @typedef {object} Message
 * @property {boolean} own whether the phone has sent it; else it has got it
 * @property {string} text exactly as it was sent
 * @property {number} segments
 * @property {string} time ISO 8601 with offset
 *
 * @typedef {object} Phone
 * @property {string} number
 * @property {Message[]} messages in the order in which the phone has sent or got them
 * @property {number} last the service's id of the last message it has got
 */

const KEY = "videohjelp-sms-phones";

/** All phones of this tab, the one in use first. @type {Phone[]} */
let phones = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");

/** @returns {Phone|undefined} the phone in use */
export function phone() {
  return phones[0];
}

/** @returns {string[]} the numbers of all phones */
export function numbers() {
  return phones.map(({ number }) => number);
}

/**
 * Takes a phone into use.
 * @param {string} number
 * @returns {Phone} the one that has had this number before, or a new one
 */
export function take(number) {
  const known = phones.find((one) => one.number === number);
  const taken = known ?? { number, messages: [], last: 0 };
  phones = [taken, ...phones.filter((one) => one !== taken)];
  save();
  return taken;
}

/** Keeps what has been changed in a phone. */
export function save() {
  sessionStorage.setItem(KEY, JSON.stringify(phones));
}

/** @returns {string} a Norwegian mobile number, made up */
export function madeUp() {
  const digits = String(crypto.getRandomValues(new Uint32Array(1))[0] % 100000).padStart(5, "0");
  return `900 ${digits.slice(0, 2)} ${digits.slice(2)}`;
}
