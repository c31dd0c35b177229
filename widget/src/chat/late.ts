/** The apology with a telephone number while an answer is late: a notice, not a message. */

import { element, make } from "../shared/dom";
import { withLinks } from "../shared/links";
import { announce } from "./announcer";

const place = element("late", HTMLElement);

export function showLate(apology: string): void {
  if (!place.hidden || !apology) return;
  place.replaceChildren(make("p", "", ...withLinks(apology)));
  place.hidden = false;
  announce(apology);
}

export function hideLate(): void {
  place.hidden = true;
}
