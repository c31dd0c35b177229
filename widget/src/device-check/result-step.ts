/** What the check found, part by part, in words. */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import type { Check } from "./check";
import type { DeviceCheckResult } from "./codes";

/** What the patient does with the result. */
export type Decision = "send" | "again";

/** Codes that mean that a part works. */
const FINE = ["works", "heard", "good", "moving", "recommended", "usable"];

/** @param sendKey the text of the button that ends the check with the result */
export async function showResult({ view, result }: Check, sendKey: string): Promise<Decision> {
  view.step(null, "check_result");
  view.add(make("ul", "check-results", ...rows(result).map(([part, state]) => row(part, state))));
  if (stateOf(result.speaker) === "fault") view.add(make("p", "", t("check_advice_speaker")));
  view.add(make("p", "", t("check_result_privacy")));
  return view.choose({ send: sendKey, again: "check_once_more" });
}

type State = "fine" | "fault" | "skipped";

/** @returns the parts, and how each is; a microphone that hears nothing is a fault */
export function rows(result: DeviceCheckResult): [part: string, state: State][] {
  const silent = result.microphone === "works" && result.sound_level === "silent";
  return [
    ["browser", stateOf(result.browser_fit)],
    ["camera", stateOf(result.camera)],
    ["microphone", silent ? "fault" : stateOf(result.microphone)],
    ["speaker", stateOf(result.speaker)],
    ["connection", stateOf(result.connection)],
  ];
}

function stateOf(code: string): State {
  if (code === "skipped") return "skipped";
  return FINE.includes(code) ? "fine" : "fault";
}

function row(part: string, state: State): HTMLLIElement {
  const item = make("li", "", make("strong", "", t(`check_${part}`)), `: ${t(`check_state_${state}`)}`);
  item.dataset["state"] = state;
  return item;
}
