/** The microphone: a level that moves when the patient speaks, another microphone. */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import { type Check, deviceChoice, deviceIdOf } from "./check";
import { told } from "./codes";
import { devicesOf } from "./devices";
import { type Tried, useDevice } from "./media-step";
import { listen } from "./sound-level";

/** After so long without a sound the patient gets a hint, once. */
const HINT_MS = 6000;

export async function checkMicrophone(check: Check): Promise<void> {
  check.view.step(3, "check_microphone", "check_microphone_ask");
  const found = await useDevice(check, "microphone", (stream, chosen) => soundLevel(check, stream, chosen));
  if (!found) return;
  check.result.microphone = told(found.access);
  if (found.is !== undefined) check.result.sound_level = found.is ? "moving" : "silent";
}

/** @returns whether the microphone heard anything */
async function soundLevel(
  { view, signal }: Check,
  stream: MediaStream,
  chosen: boolean,
): Promise<Tried<boolean>> {
  const meter = make("meter", "check-meter");
  meter.max = 1;
  meter.setAttribute("aria-label", t("check_level"));
  const microphones = await devicesOf("audioinput");
  const done = new AbortController();
  const end = (): void => done.abort();
  signal.addEventListener("abort", end, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      const other = deviceChoice("microphone", microphones, deviceIdOf(stream), (id) => resolve({ other: id }));
      view.clear();
      view.add(make("p", "check-question", t("check_speak")), meter, ...other);
      if (chosen) view.focusChoice();
      let heard = false;
      const hint = setTimeout(() => view.say(t("check_not_heard_yet")), HINT_MS);
      done.signal.addEventListener("abort", () => clearTimeout(hint));
      listen(
        stream,
        done.signal,
        (level) => {
          meter.value = level;
        },
        () => {
          heard = true;
          clearTimeout(hint);
          view.say(t("check_heard"));
        },
      );
      view.choose({ next: "check_next" }).then(() => resolve({ is: heard }), reject);
    });
  } finally {
    end();
  }
}
