/** The conversation to keep: as a text file, or on paper. */

import { make } from "../shared/dom";
import { clock, t } from "../shared/language";
import type { Message } from "./types";

export function download(messages: readonly Message[]): void {
  const file = new Blob([asText(messages)], { type: "text/plain;charset=utf-8" });
  const link = make("a", "");
  link.href = URL.createObjectURL(file);
  link.download = t("file_name");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

function asText(messages: readonly Message[]): string {
  const lines = messages.map(
    ({ from, text, time }) => `${clock(time)} ${t(from === "user" ? "you" : "robot")}:\n${text}\n`,
  );
  return lines.join("\n");
}
