import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { judge, measure } from "./connection";

const STEADY = [40, 42, 41, 39, 40, 43, 40, 41, 40, 42];

test.each([
  ["steady and quick", STEADY, 500, "good"],
  ["one lost", [...STEADY.slice(1), null], 500, "good"],
  ["two lost", [...STEADY.slice(2), null, null], 500, "weak"],
  ["all lost", STEADY.map(() => null), null, "none"],
  ["late answers", STEADY.map((time) => time + 450), 500, "weak"],
  ["uneven answers", [20, 600, 20, 600, 20, 600, 20, 20, 20, 20], 500, "weak"],
  ["a slow download", STEADY, 5000, "weak"],
  ["a download that never came", STEADY, null, "weak"],
] as const)("%s", (_name, roundTrips, download, expected) => {
  expect(judge({ roundTrips, download })).toBe(expected);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a server that answers with an error has not answered", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
  const measuring = measure(new AbortController().signal, () => undefined);
  await vi.runAllTimersAsync();
  expect(judge(await measuring)).toBe("none");
});

test("nothing is downloaded when nothing answers", async () => {
  const fetched = vi.fn(async () => Promise.reject(new TypeError("no network")));
  vi.stubGlobal("fetch", fetched);
  const measuring = measure(new AbortController().signal, () => undefined);
  await vi.runAllTimersAsync();
  expect((await measuring).download).toBeNull();
  expect(fetched).toHaveBeenCalledTimes(10);
});

test("the share that is done rises to 1", async () => {
  vi.stubGlobal("fetch", async () => new Response("x"));
  const shares: number[] = [];
  const measuring = measure(new AbortController().signal, (share) => shares.push(share));
  await vi.runAllTimersAsync();
  await measuring;
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBe(1);
});

test("it can be stopped", async () => {
  vi.stubGlobal("fetch", async () => new Response("x"));
  const stopping = new AbortController();
  const measuring = measure(stopping.signal, () => stopping.abort());
  const stopped = expect(measuring).rejects.toThrow();
  await vi.runAllTimersAsync();
  await stopped;
});
