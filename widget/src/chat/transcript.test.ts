import { expect, test } from "vitest";
import { Transcript } from "./transcript";
import type { Message } from "./types";

function message(seq: number, more: Partial<Message> = {}): Message {
  return { seq, from: "assistant", text: `${seq}`, language: "nb", time: "2026-11-27T09:00:00+01:00", ...more };
}

test("messages are in order and once, however they arrive", () => {
  const transcript = new Transcript();
  expect(transcript.merge([message(9), message(2)]).map(({ seq }) => seq)).toEqual([2, 9]);
  expect(transcript.merge([message(2), message(5), message(9)]).map(({ seq }) => seq)).toEqual([5]);
  expect(transcript.merge([message(5)])).toEqual([]);
  expect(transcript.messages.map(({ seq }) => seq)).toEqual([2, 5, 9]);
  expect(transcript.last).toBe(9);
});

test("any order of arrival gives the same conversation", () => {
  const all = [3, 4, 8, 15, 16, 23, 42].map((seq) => message(seq));
  for (let turn = 0; turn < all.length; turn += 1) {
    const transcript = new Transcript();
    const rotated = [...all.slice(turn), ...all.slice(0, turn)];
    for (const one of [...rotated, ...all]) transcript.merge([one]);
    expect(transcript.messages).toEqual(all);
  }
});

test("an empty conversation is asked for from the beginning", () => {
  expect(new Transcript().last).toBe(0);
});

test("a sending that has been stored is known by its id", () => {
  const transcript = new Transcript();
  transcript.merge([message(1, { from: "user", id: "first-sending" })]);
  expect(transcript.has("first-sending")).toBe(true);
  expect(transcript.has("another")).toBe(false);
});

test("a rating is kept and can be taken back", () => {
  const transcript = new Transcript();
  transcript.merge([message(1)]);
  transcript.rate(1, "down");
  expect(transcript.messages[0]?.rating).toBe("down");
  transcript.rate(1, null);
  expect(transcript.messages[0]?.rating).toBeUndefined();
});
