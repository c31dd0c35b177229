import { expect, test } from "vitest";
import { backoff } from "./backoff";

test("each wait is longer, to a limit, and none is the same for everybody", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backoff(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(backoff(3, 0)).toBe(2_000);
});
