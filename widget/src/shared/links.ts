/** Texts with their web addresses and telephone numbers as links, built as DOM nodes. */

import { make } from "./dom";
import { type Language, language, textsIn } from "./language";
import { linkParts, type Part } from "./link-parts";

/** @returns a paragraph for each part between blank lines; lines stay as they are */
export function paragraphs(text: string, spoken: Language): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of text.trim().split(/\n\s*\n/)) fragment.append(make("p", "", ...withLinks(part, spoken)));
  return fragment;
}

/**
 * @param spoken the text's language
 * @returns the text in pieces, links among them
 */
export function withLinks(text: string, spoken: Language = language()): (string | HTMLAnchorElement)[] {
  return linkParts(text).map((part) => (part.href === undefined ? part.text : anchor(part, part.href, spoken)));
}

function anchor({ text }: Part, href: string, spoken: Language): HTMLAnchorElement {
  const t = textsIn(spoken);
  const link = make("a", "", text);
  link.href = href;
  if (href.startsWith("https:")) {
    // A new tab, so that the patient can go on reading here; and the link says so.
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(make("span", "visually-hidden", ` ${t("new_tab")}`));
  }
  return link;
}
