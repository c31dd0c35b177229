/** The check on a page of its own: gives its result to the page that opened it, or shows it. */

import "./device-check-page.css";

import { element, make } from "../shared/dom";
import { isLanguage, setLanguage, t } from "../shared/language";
import { openDeviceCheck } from "./device-check";
import { sendToOpener } from "./own-tab";

const language = document.documentElement.lang;
if (isLanguage(language)) setLanguage(language);

const place = element("check", HTMLElement);
const sendKey = window.opener ? "check_send" : "check_done";
const result = await openDeviceCheck(place, { sendKey });
const sent = result !== null && sendToOpener(result);
const heading = make("h2", "ds-heading", t(sent ? "check_sent" : "check_ended"));
heading.tabIndex = -1;
heading.dataset["size"] = "xs";
const again = make("a", "", t("check_once_more"));
again.href = location.pathname + location.search;
place.append(heading, make("p", "", t("check_close_tab")), again);
heading.focus();
