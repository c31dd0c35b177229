/** The hospital's notice, and the telephones with their hours. */

import { element, make } from "../shared/dom";
import { language, t } from "../shared/language";
import { phoneHref } from "../shared/link-parts";
import { withLinks } from "../shared/links";
import { ApiError, fetchInformation } from "./api";
import type { Information, PhoneLine } from "./types";

const noticePlace = element("outage", HTMLElement);
const list = element("phone-list", HTMLElement);
const dialog = element("phones", HTMLDialogElement);

const seen = new Set<string>();

/** Telephone numbers the page itself has shown, digits only: no secret of the patient's. */
export function shownNumbers(): ReadonlySet<string> {
  return seen;
}

/** Fetches the notice and shows it; without network there is none to show. */
export async function refreshInformation(): Promise<Information | null> {
  try {
    const information = await fetchInformation(language());
    noticePlace.replaceChildren(...(information.notice ? withLinks(information.notice) : []));
    noticePlace.hidden = information.notice === "";
    for (const { number } of information.phoneLines) if (number) seen.add(number.replace(/\D/g, "").slice(-8));
    return information;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** Opens the list of telephones, as they are open now. */
export async function showPhones(): Promise<void> {
  const information = await refreshInformation();
  if (information) list.replaceChildren(...information.phoneLines.map(phoneLine));
  // Without network the most important ones, without hours.
  else list.replaceChildren(make("li", "", `${t("phones_failed")} `, ...withLinks(t("offline"))));
  dialog.showModal();
  element("phones-title", HTMLElement).focus();
}

function phoneLine({ name, number, purpose, status, text }: PhoneLine): HTMLElement {
  const shown = make("li", "", make("strong", "", name), make("p", "", purpose));
  if (number) {
    const link = make("a", "", number);
    link.href = phoneHref(number);
    shown.append(make("p", "", link));
  }
  const known = status === "unknown" ? "" : t(status);
  const hours = [known, text].filter(Boolean).join(". ");
  if (hours) shown.append(make("p", `hours ${status}`, hours));
  return shown;
}
