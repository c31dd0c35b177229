// @vitest-environment happy-dom
// Every text that the check can ask for stands in data/widget/device_check.yml.
import { expect, test } from "vitest";
import content from "../../../data/widget/device_check.yml";
import chat from "../../../data/widget/texts.yml";
import { told } from "./codes";
import { rootMeanSquare } from "./sound-level";

const { texts } = content as { texts: Record<string, Record<string, string>> };
const block = document.createElement("script");
block.id = "texts";
block.type = "application/json";
block.textContent = JSON.stringify(texts);
document.body.append(block);
const { adviceKey } = await import("./check");
const { rows } = await import("./result-step");

const REFUSALS = [
  "denied", "dismissed", "blocked_by_system", "none", "busy", "insecure", "policy", "unsupported",
  "over_constrained", "aborted", "failed",
] as const;
const DEVICES = ["iphone", "android", "computer", "unknown"] as const;

test("each refusal has its own advice on each device, in three languages", () => {
  for (const device of DEVICES) {
    const advice = REFUSALS.map((refusal) => texts[adviceKey(refusal, device)]);
    for (const language of ["nb", "nn", "en"]) {
      const written = advice.map((text) => text?.[language]);
      expect(written.every(Boolean)).toBe(true);
      expect(new Set(written).size).toBe(REFUSALS.length);
    }
  }
});

test("each browser's fit has a text on each device", () => {
  for (const fit of ["usable", "not_recommended", "in_app"]) {
    for (const device of DEVICES) expect(texts).toHaveProperty(`check_browser_${fit}_${device}`);
  }
});

test("no name stands among the chat's texts too: a page has both", () => {
  const others = Object.keys((chat as { texts: object }).texts);
  expect(Object.keys(texts).filter((key) => others.includes(key))).toEqual([]);
});

test("a text's places are the same in all languages", () => {
  const places = (text = ""): string => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const [key, { nb, nn, en }] of Object.entries(texts)) {
    expect([key, places(nn), places(en)]).toEqual([key, places(nb), places(nb)]);
  }
});

test("the assistant is told no more than it takes", () => {
  expect(told("over_constrained")).toBe("failed");
  expect(told("aborted")).toBe("failed");
  expect(told("busy")).toBe("busy");
});

const WORKS = {
  device: "computer", system: "Windows", browser: "Edge 126", browser_fit: "usable", camera: "works",
  microphone: "works", sound_level: "moving", speaker: "heard", connection: "good",
} as const;

test("the result part by part", () => {
  expect(rows(WORKS).map(([, state]) => state)).toEqual(Array(5).fill("fine"));
  const mixed = { ...WORKS, browser_fit: "in_app", sound_level: "silent", speaker: "skipped" } as const;
  expect(Object.fromEntries(rows(mixed))).toEqual({
    browser: "fault", camera: "fine", microphone: "fault", speaker: "skipped", connection: "fine",
  });
});

test("the level of silence and of the loudest sound", () => {
  expect(rootMeanSquare(new Float32Array(8))).toBe(0);
  expect(rootMeanSquare(new Float32Array([1, -1, 1, -1]))).toBe(1);
});
