/** Whether the connection to the assistant's server holds for some seconds. */

import type { DeviceCheckResult } from "./codes";

export type Connection = Exclude<DeviceCheckResult["connection"], "skipped">;

/** What was measured, in milliseconds. A round trip that failed is null. */
export interface Measured {
  roundTrips: readonly (number | null)[];
  /** How long 256 kB took. */
  download: number | null;
}

export const PING = "/api/chat/ping";
const ROUND_TRIPS = 10;
const PAUSE_MS = 300;
const ROUND_TRIP_LIMIT_MS = 3000;
const KILOBYTES = 256;
const DOWNLOAD_LIMIT_MS = 10_000;

/**
 * Own choices, on the generous side: a call can do with about 1 Mbit/s, and stumbles when answers
 * come late or unevenly.
 */
const MOST_LOST = 1;
const SLOWEST_MEDIAN_MS = 400;
const MOST_JITTER_MS = 200;
const SLOWEST_DOWNLOAD_MS = 2500;

/**
 * Measures for some seconds.
 *
 * @param onProgress called with the share that is done, 0 to 1
 * @throws the signal's reason when it was aborted
 */
export async function measure(signal: AbortSignal, onProgress: (share: number) => void): Promise<Measured> {
  const roundTrips: (number | null)[] = [];
  for (let done = 1; done <= ROUND_TRIPS; done++) {
    roundTrips.push(await timed(0, ROUND_TRIP_LIMIT_MS, signal));
    onProgress(done / (ROUND_TRIPS + 1));
    await pause(PAUSE_MS, signal);
  }
  const download = roundTrips.some((time) => time !== null)
    ? await timed(KILOBYTES, DOWNLOAD_LIMIT_MS, signal)
    : null;
  onProgress(1);
  return { roundTrips, download };
}

/** @returns what the measurements mean for a call */
export function judge({ roundTrips, download }: Measured): Connection {
  const times = roundTrips.filter((time) => time !== null);
  if (times.length === 0) return "none";
  const holds =
    roundTrips.length - times.length <= MOST_LOST &&
    median(times) <= SLOWEST_MEDIAN_MS &&
    jitter(times) <= MOST_JITTER_MS &&
    download !== null &&
    download <= SLOWEST_DOWNLOAD_MS;
  return holds ? "good" : "weak";
}

/** @returns milliseconds until the whole answer was there; null when it did not come */
async function timed(kilobytes: number, limit: number, signal: AbortSignal): Promise<number | null> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limit);
  const stop = (): void => late.abort();
  signal.addEventListener("abort", stop);
  const begin = performance.now();
  try {
    const answer = await fetch(`${PING}?kilobytes=${kilobytes}`, { cache: "no-store", signal: late.signal });
    await answer.arrayBuffer();
    return answer.ok ? performance.now() - begin : null;
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
  signal.throwIfAborted();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** The mean difference between neighbours (RFC 3550, 6.4.1, without its smoothing). */
function jitter(values: readonly number[]): number {
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  return steps.length ? steps.reduce((sum, step) => sum + step, 0) / steps.length : 0;
}
