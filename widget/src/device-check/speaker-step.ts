/** The loudspeaker: a test tone, "did you hear it?". */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import type { Check } from "./check";
import { mayHaveSpeaker } from "./devices";
import { playTone } from "./test-tone";

export async function checkSpeaker({ view, result, signal }: Check): Promise<void> {
  view.step(4, "check_speaker", "check_speaker_ask");
  const play = (choice: string): void => {
    if (choice !== "play") return;
    playTone(signal).catch(() => view.say(t("check_speaker_failed")));
  };
  const first = await view.choose({ play: "check_play", skip: "check_skip" }, play);
  if (first === "skip") return;
  view.add(make("p", "check-question", t("check_speaker_question")));
  for (;;) {
    view.say(t("check_speaker_question"));
    const answer = await view.choose({ yes: "check_yes", no: "check_no", play: "check_play_again" }, play);
    if (answer === "play") continue;
    if (answer === "yes") result.speaker = "heard";
    else result.speaker = (await mayHaveSpeaker()) ? "not_heard" : "none";
    return;
  }
}
