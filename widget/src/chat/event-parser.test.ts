import { expect, test } from "vitest";
import { EventParser } from "./event-parser";

const STREAM = 'retry: 2000\n\nid: 3\nevent: message\ndata: {"seq":3}\n\n: \n\nevent: deleted\ndata: {}\n\n';
const EVENTS = [
  { type: "message", data: '{"seq":3}' },
  { type: "deleted", data: "{}" },
];

test.each([STREAM, STREAM.replaceAll("\n", "\r\n")])("events come out whole, wherever the pieces end", (stream) => {
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const parser = new EventParser();
    expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(EVENTS);
  }
});

test("an event that has not ended is not told", () => {
  expect(new EventParser().push("event: message\ndata: {}\n")).toEqual([]);
});

test("data of several lines is one text", () => {
  expect(new EventParser().push("data: a\ndata:b\n\n")).toEqual([{ type: "message", data: "a\nb" }]);
});
