/** Opens the check of camera and sound, which is fetched only then. */

import { element, make } from "../shared/dom";
import { t } from "../shared/language";

const dialog = element("check", HTMLDialogElement);
const host = element("check-host", HTMLElement);

/** @returns what the check came to, in short codes; null when the patient left it */
export async function checkDevice(): Promise<object | null> {
  dialog.showModal();
  const aborter = new AbortController();
  dialog.addEventListener("close", () => aborter.abort(), { once: true });
  try {
    const { openDeviceCheck } = await import("../device-check/device-check");
    const result = await openDeviceCheck(host, { signal: aborter.signal });
    if (dialog.open) dialog.close();
    return result;
  } catch (error) {
    // A file that could not be fetched; anything else is a mistake of ours.
    if (!(error instanceof TypeError)) throw error;
    host.replaceChildren(make("p", "problem", t("check_failed")));
    return null;
  }
}
