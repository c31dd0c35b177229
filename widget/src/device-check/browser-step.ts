/** Browser and system, and whether they are what the hospital recommends. */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import type { Browser } from "./browser";
import type { Check } from "./check";

export async function showBrowser({ view, browser }: Check): Promise<void> {
  view.step(1, "check_browser");
  view.add(...describe(browser).map((text) => make("p", "", text)));
  await view.choose({ next: "check_next" });
}

function describe({ browser, system, fit, device }: Browser): string[] {
  const known = browser !== "other" && system !== "other";
  const named = known ? t("check_browser_named", { browser, system }) : t("check_browser_unknown");
  return [named, t(`check_browser_${fit}${fit === "recommended" ? "" : `_${device}`}`)];
}
