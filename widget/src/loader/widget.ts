// The loader: what a hospital's page embeds with one line. It draws the button; the conversation
// itself is a page of the assistant's own origin, out of reach of the scripts of this page.
import themes from "virtual:launcher-themes";
import { element } from "./element.ts";
import { Launcher, say } from "./launcher.ts";
import css from "./loader.css?inline";
import { recall, remember } from "./memory.ts";
import { type FromPage, type Language, listen } from "./messages.ts";
import { readOptions } from "./options.ts";
import { Panel } from "./panel.ts";

// A screen reader says where the focus went only if what it left, or comes back to, is there.
const HIDE_LAUNCHER_MS = 400;
const CLOSE_DIALOG_MS = 150;

const options = readOptions(import.meta.url);
let { language } = options;
let started = false;
let opener: HTMLElement | undefined;
let timer: number | undefined;

const launcher = new Launcher();
const panel = new Panel((wanted) => {
  const address = new URL("/chat", options.origin);
  address.search = new URLSearchParams({ language: wanted, theme: options.theme }).toString();
  return address;
}, close);
const wrapper = element("div", { class: `root standard ${options.theme}`, role: "complementary" });
const host = document.createElement("videohjelp-chat");
const shadow = host.attachShadow({ mode: "open" });

launcher.button.onclick = () => open(launcher.button);
wrapper.append(launcher.button, launcher.status, panel.dialog);
dress();
shadow.append(wrapper);
document.body.append(host);
const remembered = recall();
let shouldReopen = remembered?.open;
started = Boolean(remembered);
speak(remembered?.language ?? language);
launcher.button.setAttribute("aria-expanded", "false");
if (remembered) panel.load();

listen(() => panel.frame, options.origin, heard);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && isOpen() && !panel.modal) close();
});
addEventListener("videohjelp:open", () => open(launcher.button));
if (options.openers) openFrom(options.openers);

function open(from: HTMLElement): void {
  opener = from;
  clearTimeout(timer);
  launcher.count(0);
  panel.open(true);
  expanded(true);
  timer = window.setTimeout(() => (launcher.button.hidden = true), HIDE_LAUNCHER_MS);
}

function close(): void {
  clearTimeout(timer);
  const inside = panel.dialog.contains(shadow.activeElement);
  launcher.button.hidden = false;
  expanded(false);
  if (panel.modal) {
    // Nothing outside a modal dialog can have the focus.
    panel.close();
    opener?.focus();
  } else {
    // Whoever closes it from the page stays where they are.
    if (inside) (opener ?? launcher.button).focus();
    timer = window.setTimeout(() => panel.close(), CLOSE_DIALOG_MS);
  }
}

/** After a page change in the same tab: as it was, once the page says that the conversation runs. */
function reopen(): void {
  shouldReopen = false;
  // Over the whole screen it would hide the page the patient went to.
  if (panel.modal || isOpen()) return;
  panel.open(false);
  expanded(true);
  launcher.button.hidden = true;
}

function heard(message: FromPage): void {
  if (message.videohjelp === "ready") panel.pageIsReady();
  else if (message.videohjelp === "close") close();
  else if (message.videohjelp === "unread") launcher.count(isOpen() ? 0 : message.count);
  else if (message.videohjelp === "language") speak(message.language);
  else setStarted(message.videohjelp === "started");
}

function setStarted(running: boolean): void {
  started = running;
  if (running && shouldReopen) reopen();
  keep();
}

function speak(wanted: Language): void {
  language = wanted;
  wrapper.lang = wanted;
  wrapper.setAttribute("aria-label", say("region", wanted));
  launcher.speak(wanted);
  panel.speak(wanted);
  keep();
}

function expanded(open: boolean): void {
  launcher.button.setAttribute("aria-expanded", String(open));
  keep();
}

function isOpen(): boolean {
  return launcher.button.getAttribute("aria-expanded") === "true";
}

function keep(): void {
  remember(started ? { open: isOpen() || Boolean(shouldReopen), language } : undefined);
}

function openFrom(selector: string): void {
  for (const one of document.querySelectorAll(selector)) one.setAttribute("aria-haspopup", "dialog");
  // Links too: without this script they lead to the conversation page.
  document.addEventListener("click", (event) => {
    const from = (event.target as Element | null)?.closest<HTMLElement>(selector);
    if (!from) return;
    event.preventDefault();
    open(from);
  });
}

/** A strict style-src lets constructed style sheets pass; older Safari does not know them. */
function dress(): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css + themes);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = element("style");
    style.textContent = css + themes;
    shadow.append(style);
  }
}
