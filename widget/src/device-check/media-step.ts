/** The course that the steps for camera and microphone have in common. */

import { t } from "../shared/language";
import { askFor, type Part, stop } from "./access";
import { advise, type Check, stopAtEnd } from "./check";
import type { Access } from "./codes";

/** What a step makes of a running device: "other" is the id of another device to try instead. */
export type Tried<R> = { is: R } | { other: string };

/** @param chosen whether the patient has just chosen this device: the choice keeps the focus */
type Use<R> = (stream: MediaStream, chosen: boolean) => Promise<Tried<R>>;

/**
 * Asks for the device on a press, shows the advice when it is refused and lets the patient try
 * again; else hands it to `use`. The device is off again when this returns.
 *
 * @returns what came of asking, and what `use` found; null when the step was skipped
 */
export async function useDevice<R>(
  check: Check,
  part: Part,
  use: Use<R>,
): Promise<{ access: Access; is?: R } | null> {
  const { view, signal } = check;
  const first = await view.choose({ start: `check_start_${part}`, skip: "check_skip" });
  if (first === "skip") return null;
  let deviceId: string | undefined;
  for (;;) {
    if (deviceId === undefined) view.wait(t("check_waiting"));
    const { access, stream } = await askFor(part, deviceId);
    if (stream) {
      stopAtEnd(stream, signal);
      signal.throwIfAborted();
      view.say("");
      try {
        const tried = await use(stream, deviceId !== undefined);
        if ("is" in tried) return { access, is: tried.is };
        deviceId = tried.other;
      } finally {
        stop(stream);
      }
    } else if (access !== "works") {
      signal.throwIfAborted();
      advise(check, part, access);
      const next = await view.choose({ again: "check_again", go_on: "check_next" });
      if (next === "go_on") return { access };
      deviceId = undefined; // what was chosen may be gone
    }
  }
}
