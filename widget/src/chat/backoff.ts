/** How long to wait before the next try. */

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Twice as long each time, to a limit, with jitter: after a failure of the server, patients must
 * not all come back at the same moment.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backoff(failures: number, random = Math.random()): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return most / 2 + (most / 2) * random;
}
