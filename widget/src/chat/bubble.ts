/** One message as it is shown. */

import { make } from "../shared/dom";
import { clock, type Texts, textsIn } from "../shared/language";
import { paragraphs } from "../shared/links";
import type { Message } from "./types";

/** What the server puts in place of a number or address it takes out (videohjelp/privacy). */
const MARK = /\[(?:e-post|fødselsnummer|telefonnummer|romnummer|pin-kode)\]/;

/** @returns the whole message, all of it in its language; its buttons and the like are added to it by the log */
export function bubble({ from, text, language, time, progress }: Omit<Message, "seq">): HTMLElement {
  const t = textsIn(language);
  const isOwn = from === "user";
  const content = isOwn ? [make("p", "", text)] : [paragraphs(text, language)];
  const stamp = make("time", "", clock(time));
  stamp.dateTime = time;
  const shown = make(
    "div",
    `message ${isOwn ? "from-user" : "from-robot"}`,
    make("p", "meta", make("span", "speaker", t(isOwn ? "you" : "robot")), " ", stamp),
    make("div", "bubble", ...(progress ? [progressLine(progress, t)] : []), ...content),
  );
  shown.lang = language;
  if (isOwn && MARK.test(text)) shown.append(make("p", "note", t("redacted")));
  return shown;
}

/** How far a guide has come, in words; the bar repeats it for the eye. */
function progressLine({ step, steps }: { step: number; steps: number }, t: Texts): HTMLElement {
  const bar = make("progress", "");
  bar.max = steps;
  bar.value = step;
  bar.ariaHidden = "true";
  return make("p", "progress", t("progress", { step, steps }), bar);
}
