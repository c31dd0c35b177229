/**
 * Finds numbers that identify somebody before they are sent. A courtesy to the patient: the server
 * takes such numbers out by its own rules (videohjelp/privacy).
 */

/** What was found; only "identity" is certain. */
export type Finding = "identity" | "identity_maybe" | "room" | "phone";

const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** The test room everybody may enter, and numbers of six digits that anybody may ring. */
const PUBLIC_SIX = ["998112", "116117", "116123", "116111"];

const GAP = "[ .\\-\\u00a0]?";
const PIN_WORD = /\bpin\b|pin-?kode|\bkode|passord|passcode|password|\bcode/i;
const ROOM_WORD = /rom(?:nummer|nr|met)?\b|room/i;
const ROOM = new RegExp(`(?:\\d{6}|\\d{3}${GAP}\\d{3})(?!\\d)`, "g");
const PIN = /(?:^|[^\d.:/])(\d{4})(?![\d]|[.:/]\d)/g;
const DATE = /\b\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})\b/g;
const TIME = /\b(?:kl\.?|klokk[ae]n?|at)\s*\d{1,2}[.:]?\d{2}\b/gi;
const PHONE = /(?:(?:\+|00)47[ \u00a0]?)?(?:\d[ \u00a0]?){7}\d/g;

/**
 * @param ownNumbers telephone numbers that are no secret, digits only (the hospital's)
 * @returns the worst that the text holds; null for none
 */
export function findPrivateNumber(text: string, ownNumbers: ReadonlySet<string>): Finding | null {
  const identity = findIdentityNumber(text);
  if (identity) return identity;
  // Dates and times are no secret, and look like the numbers below.
  const rest = text.replace(DATE, "x").replace(TIME, "x");
  if (hasPhone(rest, ownNumbers)) return "phone";
  return hasRoomOrPin(rest) ? "room" : null;
}

function findIdentityNumber(text: string): "identity" | "identity_maybe" | null {
  let found: "identity_maybe" | null = null;
  // People write 010190 12345, 01.01.90 12345 and the like, so single separators are passed over.
  for (const [run] of text.matchAll(/\d(?:[ .\-\u00a0]?\d){10,}/g)) {
    const digits = Array.from(run.replace(/\D/g, ""), Number);
    for (let start = 0; start + 11 <= digits.length; start += 1) {
      if (isIdentityNumber(digits.slice(start, start + 11))) return "identity";
    }
    // Eleven digits that fail the check are most often a real number with a typing error.
    if (/^\d{6}[ .\-\u00a0]?\d{5}$/.test(run)) found = "identity_maybe";
  }
  return found;
}

/**
 * Fødselsnummer; D-number (40 added to the day), H-number (40 added to the month), and the numbers
 * of made-up people used in tests (80 or 65 added to the month).
 */
function isIdentityNumber(digits: number[]): boolean {
  const day = number(digits, 0) % 40;
  const month = number(digits, 2);
  const isMonth = [0, 40, 65, 80].some((added) => month - added >= 1 && month - added <= 12);
  return (
    day >= 1 &&
    day <= 31 &&
    isMonth &&
    number(digits, 0) <= 71 &&
    checkDigit(digits, FIRST_WEIGHTS) === digits[9] &&
    checkDigit(digits, SECOND_WEIGHTS) === digits[10]
  );
}

function number(digits: number[], at: number): number {
  return (digits[at] ?? 0) * 10 + (digits[at + 1] ?? 0);
}

function checkDigit(digits: number[], weights: number[]): number {
  const sum = weights.reduce((total, weight, place) => total + weight * (digits[place] ?? 0), 0);
  return (11 - (sum % 11)) % 11;
}

function hasPhone(text: string, ownNumbers: ReadonlySet<string>): boolean {
  return [...text.matchAll(PHONE)].some((match) => {
    const around = text.charAt(match.index - 1) + text.charAt(match.index + match[0].length);
    if (/[\d.,]/.test(around)) return false;
    const digits = match[0].replace(/\D/g, "").slice(-8);
    return /^[2-9]/.test(digits) && !ownNumbers.has(digits);
  });
}

function hasRoomOrPin(text: string): boolean {
  const rooms = [...text.matchAll(ROOM)].filter(
    ({ 0: room, index }) =>
      !/\d/.test(text.charAt(index - 1)) && !PUBLIC_SIX.includes(room.replace(/\D/g, "")),
  );
  const hasPin = [...text.matchAll(PIN)].some(([, digits = ""]) => !/^(?:19|20)/.test(digits));
  if (rooms.length > 0) return hasPin || ROOM_WORD.test(text) || PIN_WORD.test(text) || isAlone(text);
  return hasPin && PIN_WORD.test(text);
}

function isAlone(text: string): boolean {
  return /^\D{0,3}[\d -]+\D{0,3}$/.test(text.trim());
}
