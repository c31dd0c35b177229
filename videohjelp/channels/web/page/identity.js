// @ts-check
/**
 * Finds national identity numbers before they are sent. A courtesy to the patient: the server
 * has its own check.
 */

const WEIGHTS_FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const WEIGHTS_SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/**
 * @param {string} text
 * @returns {boolean} whether it holds a fødselsnummer or D-number, written together or spaced
 */
export function hasIdentityNumber(text) {
  // People write 010190 12345, 01.01.90 12345 and the like, so single separators are passed over.
  for (const [run] of text.matchAll(/\d(?:[ .\-\u00a0]?\d){10,}/g)) {
    const digits = Array.from(run.replace(/\D/g, ""), Number);
    for (let start = 0; start + 11 <= digits.length; start += 1) {
      if (isIdentityNumber(digits.slice(start, start + 11))) return true;
    }
  }
  return false;
}

/** @param {number[]} digits eleven of them */
function isIdentityNumber(digits) {
  const day = digits[0] * 10 + digits[1];
  const dayOfBirth = day > 40 ? day - 40 : day; // D-numbers add 40 to the day
  return dayOfBirth >= 1 && dayOfBirth <= 31
    && weighted(digits, WEIGHTS_FIRST) % 11 === 0
    && weighted(digits, WEIGHTS_SECOND) % 11 === 0;
}

/**
 * @param {number[]} digits
 * @param {number[]} weights
 */
function weighted(digits, weights) {
  return weights.reduce((sum, weight, place) => sum + weight * digits[place], 0);
}
