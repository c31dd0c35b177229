/** Which browser and system the patient uses, and how they fit what the hospital recommends. */

import type { Device, Fit } from "./codes";

/** What a browser says of itself; the parts that not every browser has are optional. */
export interface BrowserFacts {
  userAgent: string;
  maxTouchPoints: number;
  /** navigator.userAgentData, of Chromium. */
  brands?: readonly { brand: string; version: string }[];
  platform?: string;
}

export interface Browser {
  device: Device;
  system: string;
  browser: string;
  fit: Fit;
}

interface Pattern {
  name: string;
  pattern: RegExp;
}

/** Apps that open pages inside themselves. The order matters: Messenger calls itself Facebook too. */
const APPS: readonly Pattern[] = [
  { name: "Messenger", pattern: /FBAN\/Messenger|FB_IAB\/(?:MESSENGER|Orca)|MessengerForiOS|MessengerLite/i },
  { name: "Instagram", pattern: /Instagram/ },
  { name: "Facebook", pattern: /FBAN|FBAV|FB_IAB|FBIOS/ },
  { name: "Snapchat", pattern: /Snapchat/ },
  { name: "Teams", pattern: /\bTeams(?:Mobile)?[-/]/ },
  { name: "LinkedIn", pattern: /LinkedInApp/ },
  { name: "TikTok", pattern: /musical_ly|BytedanceWebview|TikTok/ },
  { name: "Google app", pattern: /\bGSA\// },
  // Android's WebView says "; wv"; on iOS a page without "Safari/" is inside some app.
  { name: "WebView", pattern: /; wv\)|\bVersion\/4\.0 .*Chrome\// },
  { name: "WebView", pattern: /(?:iPhone|iPad|iPod).*AppleWebKit(?!.*Safari\/)/ },
];

/** Most browsers also claim to be Chrome or Safari: those come last. */
const BROWSERS: readonly Pattern[] = [
  { name: "Internet Explorer", pattern: /MSIE (\d+)|Trident\/.*rv:(\d+)/ },
  { name: "Edge", pattern: /(?:Edg|EdgA|EdgiOS|Edge)\/(\d+)/ },
  { name: "Samsung Internet", pattern: /SamsungBrowser\/(\d+)/ },
  { name: "Opera", pattern: /(?:OPR|OPT|OPiOS|Opera Mini|Opera)\/(\d+)/ },
  { name: "Firefox", pattern: /(?:Firefox|FxiOS)\/(\d+)/ },
  { name: "other", pattern: /YaBrowser|Vivaldi|DuckDuckGo|Ddg\/|UCBrowser|MiuiBrowser|HuaweiBrowser|Silk\// },
  { name: "Chrome", pattern: /(?:CriOS|HeadlessChrome|Chrome)\/(\d+)/ },
  { name: "Safari", pattern: /Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\// },
];

const OLD_EDGE = /\bEdge\/\d/;
/** Chromium of other makers: the brand they show beside "Chromium". */
const BRANDS: Readonly<Record<string, string>> = {
  "Google Chrome": "Chrome",
  "Microsoft Edge": "Edge",
  Opera: "Opera",
  "Samsung Internet": "Samsung Internet",
  "Android WebView": "WebView",
};

/** @returns what this browser says of itself */
export function ownFacts(): BrowserFacts {
  const { userAgent, maxTouchPoints } = navigator;
  const data = (navigator as { userAgentData?: { brands: BrowserFacts["brands"]; platform: string } }).userAgentData;
  return {
    userAgent,
    maxTouchPoints,
    ...(data?.brands ? { brands: data.brands, platform: data.platform } : {}),
  };
}

/** Recognises the browser; what is not known is "other" and the device "unknown". */
export function recognise(facts: BrowserFacts): Browser {
  const { device, system } = systemOf(facts);
  const app = APPS.find(({ pattern }) => pattern.test(facts.userAgent))?.name;
  if (app !== undefined) return { device, system, browser: app, fit: "in_app" };
  const { name, version } = nameOf(facts);
  if (name === "WebView") return { device, system, browser: name, fit: "in_app" };
  const browser = version ? `${name} ${version}` : name;
  return { device, system, browser, fit: fitOf(device, name, facts.userAgent) };
}

function systemOf(facts: BrowserFacts): { device: Device; system: string } {
  const agent = facts.userAgent;
  const phone = /(?:iPhone|iPod).*? OS (\d+)(?:_(\d+))?/.exec(agent);
  if (phone) return { device: "iphone", system: versioned("iOS", phone[1], phone[2]) };
  const tablet = /iPad.*? OS (\d+)(?:_(\d+))?/.exec(agent);
  if (tablet) return { device: "iphone", system: versioned("iPadOS", tablet[1], tablet[2]) };
  // An iPad asks for desktop pages as a Mac; no Mac has a touch screen.
  if (/Macintosh/.test(agent) && facts.maxTouchPoints > 1) {
    return { device: "iphone", system: "iPadOS" };
  }
  const android = /Android(?: (\d+)(?:\.(\d+))?)?/.exec(agent);
  if (android) return { device: "android", system: versioned("Android", android[1]) };
  if (facts.platform === "Android") return { device: "android", system: "Android" };
  if (/CrOS/.test(agent)) return { device: "computer", system: "ChromeOS" };
  if (/Windows NT|Windows;/.test(agent)) return { device: "computer", system: "Windows" };
  if (/Macintosh/.test(agent)) return { device: "computer", system: "macOS" };
  if (/Linux|X11/.test(agent) && !/Tizen|Web0S|KAIOS/i.test(agent)) return { device: "computer", system: "Linux" };
  return { device: "unknown", system: "other" };
}

function nameOf(facts: BrowserFacts): { name: string; version: string } {
  const brand = facts.brands?.find((one) => one.brand in BRANDS);
  if (brand) return { name: BRANDS[brand.brand] ?? "other", version: short(brand.version) };
  for (const { name, pattern } of BROWSERS) {
    const match = pattern.exec(facts.userAgent);
    if (match) return { name, version: short(match[1] ?? match[2] ?? "") };
  }
  return { name: "other", version: "" };
}

/**
 * The hospital's text: Safari on iPhone and iPad, Google Chrome on Android and PC, never Internet
 * Explorer. Others may be tried when they are up to date; the old Edge and Opera Mini never are.
 */
function fitOf(device: Device, name: string, agent: string): Fit {
  if (name === "Internet Explorer" || OLD_EDGE.test(agent) || /Opera Mini/.test(agent)) return "not_recommended";
  const recommended = device === "iphone" ? "Safari" : "Chrome";
  return name === recommended && device !== "unknown" ? "recommended" : "usable";
}

/** A version is one number of at most three digits, as the assistant takes no longer ones. */
function short(version: string): string {
  return /^\d{1,3}/.exec(version)?.[0] ?? "";
}

function versioned(name: string, major = "", minor = ""): string {
  if (!major) return name;
  return minor && minor !== "0" ? `${name} ${short(major)}.${minor.slice(0, 2)}` : `${name} ${short(major)}`;
}
