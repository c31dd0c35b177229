/** The check of the patient's camera, microphone, loudspeaker and connection. */

import "./device-check.css";

import { isEmbedded, resultFromTab } from "./own-tab";
import { ownFacts, recognise } from "./browser";
import { checkCamera } from "./camera-step";
import type { Check } from "./check";
import type { DeviceCheckResult } from "./codes";
import { checkConnection } from "./connection-step";
import { checkMicrophone } from "./microphone-step";
import { checkSpeaker } from "./speaker-step";
import { showBrowser } from "./browser-step";
import { showResult } from "./result-step";
import { makeButton } from "../shared/dom";
import { t } from "../shared/language";
import { View } from "./view";

export type { DeviceCheckResult } from "./codes";

export interface DeviceCheckOptions {
  /** Ends the check from outside: the chat is closed or minimised. */
  signal?: AbortSignal;
  /** The text of the button that ends the check with its result; the assistant gets it by default. */
  sendKey?: string;
}

/**
 * Shows the check in an element and leads the patient through it. Camera and microphone are used
 * only after the press of a button, and are off when the promise settles.
 *
 * @param host emptied before and after
 * @returns the result; null when the patient or the signal ended the check
 */
export async function openDeviceCheck(
  host: HTMLElement,
  { signal, sendKey = "check_send" }: DeviceCheckOptions = {},
): Promise<DeviceCheckResult | null> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end, { once: true });
  window.addEventListener("pagehide", end, { once: true, signal: ending.signal });
  const place = document.createElement("div");
  host.replaceChildren(place, makeButton("ds-button check-end", t("check_end"), end));
  host.lastElementChild?.setAttribute("data-variant", "tertiary");
  try {
    const here = run(new View(place, ending.signal), ending.signal, sendKey);
    if (!isEmbedded()) return await here;
    const result = await Promise.race([here, resultFromTab(ending.signal)]);
    here.catch(() => undefined); // ended below, when the other tab was first
    return result;
  } catch (error) {
    if (ending.signal.aborted) return null;
    throw error;
  } finally {
    end();
    signal?.removeEventListener("abort", end);
    host.replaceChildren();
  }
}

async function run(view: View, signal: AbortSignal, sendKey: string): Promise<DeviceCheckResult> {
  view.step(null, "check_title", "check_intro", "check_privacy");
  await view.choose({ start: "check_start" });
  for (;;) {
    const browser = recognise(ownFacts());
    const check: Check = { view, browser, signal, result: unchecked(browser) };
    await showBrowser(check);
    await checkCamera(check);
    await checkMicrophone(check);
    await checkSpeaker(check);
    await checkConnection(check);
    if ((await showResult(check, sendKey)) === "send") return check.result;
  }
}

function unchecked({ device, system, browser, fit }: Check["browser"]): DeviceCheckResult {
  return {
    device,
    system,
    browser,
    browser_fit: fit,
    camera: "skipped",
    microphone: "skipped",
    sound_level: "skipped",
    speaker: "skipped",
    connection: "skipped",
  };
}
