/** The connection to the assistant's server, measured over some seconds. */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import type { Check } from "./check";
import { type Connection, judge, measure } from "./connection";

export async function checkConnection(check: Check): Promise<void> {
  const { view, result } = check;
  view.step(5, "check_connection", "check_connection_ask");
  let next: string = await view.choose({ again: "check_start_connection", skip: "check_skip" });
  while (next === "again") {
    const found = await measured(check);
    if (!found) return;
    result.connection = found;
    view.clear();
    view.say(t(`check_connection_${found}`));
    next = await view.choose({ next: "check_next", again: "check_again" });
  }
}

/** @returns what was found; null when the patient did not want to wait */
async function measured({ view, signal }: Check): Promise<Connection | null> {
  const bar = make("progress", "check-progress-bar");
  bar.setAttribute("aria-label", t("check_connection_running"));
  bar.value = 0;
  view.clear();
  view.add(bar);
  view.wait(t("check_connection_running"));
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  signal.addEventListener("abort", stop, { once: true });
  view.choose({ skip: "check_skip" }).then(stop, stop);
  try {
    const share = (done: number): void => {
      bar.value = done;
    };
    return judge(await measure(stopping.signal, share));
  } catch (error) {
    signal.throwIfAborted();
    if (stopping.signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
