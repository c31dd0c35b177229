/** What the steps of the check share. */

import type { Browser } from "./browser";
import type { DeviceCheckResult, Refusal } from "./codes";
import { type Part, stop } from "./access";
import { make } from "../shared/dom";
import { t } from "../shared/language";
import { isEmbedded, ownTabLink } from "./own-tab";
import type { View } from "./view";

export interface Check {
  view: View;
  browser: Browser;
  /** Filled in by the steps. */
  result: DeviceCheckResult;
  /** Ends the check. */
  signal: AbortSignal;
}

/** Refusals on which the system's or browser's menus differ by device. */
const BY_DEVICE: readonly Refusal[] = ["denied", "blocked_by_system", "busy"];
/** Refusals that may be the embedding page's. */
const MAYBE_EMBEDDING: readonly Refusal[] = ["denied", "policy"];

/** Shows why camera or microphone does not work here, and what to do about it. */
export function advise({ view, browser }: Check, part: Part, refusal: Refusal): void {
  const values = { part: t(`check_the_${part}`) };
  view.clear();
  view.add(make("p", "check-refused", t(adviceKey(refusal, browser.device), values)));
  if (isEmbedded() && MAYBE_EMBEDDING.includes(refusal)) {
    view.add(make("p", "", t("check_open_tab_why")), ownTabLink());
  }
  // Short, for the advice can be read in peace.
  view.say(t("check_refused", { part: t(`check_${part}`) }));
}

/** @returns the key of the advice, in data/widget/device_check.yml */
export function adviceKey(refusal: Refusal, device: Browser["device"]): string {
  const own = BY_DEVICE.includes(refusal) && device !== "unknown";
  return own ? `check_advice_${refusal}_${device}` : `check_advice_${refusal}`;
}

/**
 * A choice between several devices; nothing when there is only one.
 *
 * @param onChoose called with the id of the device chosen
 */
export function deviceChoice(
  part: Part,
  devices: readonly MediaDeviceInfo[],
  current: string | undefined,
  onChoose: (deviceId: string) => void,
): Node[] {
  if (devices.length < 2) return [];
  const select = make("select", "ds-input");
  select.id = `check-${part}`;
  for (const [index, device] of devices.entries()) {
    const name = device.label || t("check_unnamed", { part: t(`check_${part}`), number: index + 1 });
    select.append(new Option(name, device.deviceId, false, device.deviceId === current));
  }
  select.addEventListener("change", () => onChoose(select.value));
  const label = make("label", "ds-label", t(`check_choose_${part}`));
  label.htmlFor = select.id;
  return [label, select];
}

/** @returns the id of the device a stream comes from */
export function deviceIdOf(stream: MediaStream): string | undefined {
  return stream.getTracks()[0]?.getSettings().deviceId;
}

/** Stops a stream when the check ends, whatever the step is doing then. */
export function stopAtEnd(stream: MediaStream, signal: AbortSignal): void {
  if (signal.aborted) stop(stream);
  signal.addEventListener("abort", () => stop(stream), { once: true });
}
