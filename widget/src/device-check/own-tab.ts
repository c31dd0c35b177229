/**
 * The check in a tab of its own, for where the embedding page keeps camera and microphone from it.
 * That tab sends the result back to the page that opened it, which is of the same origin.
 */

import { make } from "../shared/dom";
import { language, t } from "../shared/language";
import type { DeviceCheckResult } from "./codes";

const KIND = "device_check";

interface ResultMessage {
  videohjelp: typeof KIND;
  result: DeviceCheckResult;
}

/** Whether this page is embedded in another one. */
export function isEmbedded(): boolean {
  return window.parent !== window;
}

/** @returns a link that opens the check in a new tab; a link, for browsers block windows */
export function ownTabLink(): HTMLAnchorElement {
  const link = make("a", "ds-button", t("check_open_tab"));
  link.href = `/device-check?language=${language()}`;
  link.target = "_blank";
  link.rel = "opener"; // so that the tab can send the result back
  return link;
}

/** Waits for a tab to send its result, until the signal says stop. */
export function resultFromTab(signal: AbortSignal): Promise<DeviceCheckResult> {
  return new Promise((resolve) => {
    window.addEventListener(
      "message",
      (event: MessageEvent<unknown>) => {
        if (event.origin === location.origin && isResult(event.data)) resolve(event.data.result);
      },
      { signal },
    );
  });
}

/** @returns whether there was a page to send it to */
export function sendToOpener(result: DeviceCheckResult): boolean {
  const opener = window.opener as Window | null;
  if (!opener) return false;
  opener.postMessage({ videohjelp: KIND, result } satisfies ResultMessage, location.origin);
  return true;
}

function isResult(data: unknown): data is ResultMessage {
  const message = data as Partial<ResultMessage> | null;
  return message?.videohjelp === KIND && typeof message.result === "object" && message.result !== null;
}
