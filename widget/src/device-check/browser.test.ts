import { describe, expect, test } from "vitest";
import { type BrowserFacts, recognise } from "./browser";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const IPAD = "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const MAC_SAFARI = `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15`;
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const KIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const GALAXY = "Mozilla/5.0 (Linux; Android 14; SM-S911B)";
const REDUCED = `Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/126.0.0.0 Mobile Safari/537.36`;
const WEBVIEW = `Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) ${KIT} Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36`;

type Row = [name: string, agent: string, device: string, system: string, browser: string, fit: string];

const AGENTS: Row[] = [
  ["Safari on iPhone", `${IPHONE} Version/17.4.1 Mobile/15E148 Safari/604.1`, "iphone", "iOS 17.4", "Safari 17", "recommended"],
  ["Safari on iPad, mobile page", `${IPAD} Version/16.6 Mobile/15E148 Safari/604.1`, "iphone", "iPadOS 16.6", "Safari 16", "recommended"],
  ["Chrome on iPhone", `${IPHONE} CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1`, "iphone", "iOS 17.4", "Chrome 126", "usable"],
  ["Firefox on iPhone", `${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, "iphone", "iOS 17.4", "Firefox 127", "usable"],
  ["Edge on iPhone", `${IPHONE} Version/17.0 EdgiOS/125.0.2535.60 Mobile/15E148 Safari/604.1`, "iphone", "iOS 17.4", "Edge 125", "usable"],
  ["Facebook on iPhone", `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/465.0.0.41.103;FBBV/602069434;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/17.4.1]`, "iphone", "iOS 17.4", "Facebook", "in_app"],
  ["Messenger on iPhone", `${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/460.0.0.31.103]`, "iphone", "iOS 17.4", "Messenger", "in_app"],
  ["Instagram on iPhone", `${IPHONE} Mobile/21E236 Instagram 334.0.4.32.98 (iPhone15,2; iOS 17_4_1; nb_NO)`, "iphone", "iOS 17.4", "Instagram", "in_app"],
  ["Snapchat on iPhone", `${IPHONE} Version/17.4.1 Mobile/15E148 Safari/604.1 Snapchat/12.88.0.40`, "iphone", "iOS 17.4", "Snapchat", "in_app"],
  ["LinkedIn on iPhone", `${IPHONE} Mobile/15E148 [LinkedInApp]/9.29.9088`, "iphone", "iOS 17.4", "LinkedIn", "in_app"],
  ["Teams on iPhone", `${IPHONE} Mobile/15E148 Safari/605.1.15 TeamsMobile-iOS`, "iphone", "iOS 17.4", "Teams", "in_app"],
  ["Google's app on iPhone", `${IPHONE} GSA/320.0.639 Mobile/15E148 Safari/604.1`, "iphone", "iOS 17.4", "Google app", "in_app"],
  ["some app on iPhone", `${IPHONE} Mobile/15E148`, "iphone", "iOS 17.4", "WebView", "in_app"],
  ["Safari on Mac", MAC_SAFARI, "computer", "macOS", "Safari 17", "usable"],
  ["Chrome on Mac", `${MAC} ${KIT} Chrome/126.0.0.0 Safari/537.36`, "computer", "macOS", "Chrome 126", "recommended"],
  ["Chrome on Windows", `${WINDOWS} ${KIT} Chrome/126.0.0.0 Safari/537.36`, "computer", "Windows", "Chrome 126", "recommended"],
  ["Edge on Windows", `${WINDOWS} ${KIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`, "computer", "Windows", "Edge 126", "usable"],
  ["the old Edge", `${WINDOWS} ${KIT} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763`, "computer", "Windows", "Edge 18", "not_recommended"],
  ["Internet Explorer 11", "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "computer", "Windows", "Internet Explorer 11", "not_recommended"],
  ["Internet Explorer 10", "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)", "computer", "Windows", "Internet Explorer 10", "not_recommended"],
  ["Firefox on Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "computer", "Windows", "Firefox 127", "usable"],
  ["Opera on Windows", `${WINDOWS} ${KIT} Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0`, "computer", "Windows", "Opera 110", "usable"],
  ["Teams on Windows", `${WINDOWS} ${KIT} Teams/1.7.00.13456 Chrome/114.0.5735.289 Electron/25.9.8 Safari/537.36`, "computer", "Windows", "Teams", "in_app"],
  ["Chrome on a Chromebook", `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/126.0.0.0 Safari/537.36`, "computer", "ChromeOS", "Chrome 126", "recommended"],
  ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "computer", "Linux", "Firefox 127", "usable"],
  ["Chrome on Android", `${GALAXY} ${KIT} Chrome/126.0.0.0 Mobile Safari/537.36`, "android", "Android 14", "Chrome 126", "recommended"],
  ["Chrome on Android, reduced", REDUCED, "android", "Android 10", "Chrome 126", "recommended"],
  ["Samsung Internet", `${GALAXY} ${KIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`, "android", "Android 14", "Samsung Internet 25", "usable"],
  ["Firefox on Android", "Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "android", "Android 14", "Firefox 127", "usable"],
  ["Edge on Android", `${GALAXY} ${KIT} Chrome/125.0.0.0 Mobile Safari/537.36 EdgA/125.0.0.0`, "android", "Android 14", "Edge 125", "usable"],
  ["Opera Mini", "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; nb) Presto/2.12.423 Version/12.16", "android", "Android", "Opera 9", "not_recommended"],
  ["DuckDuckGo on Android", `Mozilla/5.0 (Linux; Android 14) ${KIT} Chrome/125.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`, "android", "Android 14", "other", "usable"],
  ["a WebView", WEBVIEW, "android", "Android 13", "WebView", "in_app"],
  ["Facebook on Android", `${WEBVIEW} [FB_IAB/FB4A;FBAV/464.0.0.46.85;]`, "android", "Android 13", "Facebook", "in_app"],
  ["Messenger on Android", `${WEBVIEW} [FB_IAB/Orca-Android;FBAV/456.0.0.46.109;]`, "android", "Android 13", "Messenger", "in_app"],
  ["Instagram on Android", `${WEBVIEW} Instagram 330.0.0.40.92 Android (33/13; 450dpi; samsung; nb_NO)`, "android", "Android 13", "Instagram", "in_app"],
  ["Snapchat on Android", `${WEBVIEW} Snapchat/12.84.0.37`, "android", "Android 13", "Snapchat", "in_app"],
  ["TikTok on Android", `${WEBVIEW} musical_ly_2023405030 BytedanceWebview/d8a21c6`, "android", "Android 13", "TikTok", "in_app"],
  ["Teams on Android", `${WEBVIEW} TeamsMobile-Android`, "android", "Android 13", "Teams", "in_app"],
  ["a television", "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36", "unknown", "other", "Chrome 94", "usable"],
  ["nothing", "", "unknown", "other", "other", "usable"],
];

const facts = (userAgent: string, more: Partial<BrowserFacts> = {}): BrowserFacts => ({
  userAgent,
  maxTouchPoints: 0,
  ...more,
});

test.each(AGENTS)("%s", (_name, agent, device, system, browser, fit) => {
  expect(recognise(facts(agent))).toEqual({ device, system, browser, fit });
});

describe("what the user agent alone does not tell", () => {
  test("an iPad that poses as a Mac", () => {
    const found = recognise(facts(MAC_SAFARI, { maxTouchPoints: 5 }));
    expect(found).toEqual({ device: "iphone", system: "iPadOS", browser: "Safari 17", fit: "recommended" });
  });

  test("a Mac with a trackpad has one touch point at the most", () => {
    expect(recognise(facts(MAC_SAFARI, { maxTouchPoints: 1 })).device).toBe("computer");
  });

  test("an Android phone that asks for desktop pages", () => {
    const agent = `Mozilla/5.0 (X11; Linux x86_64) ${KIT} Chrome/126.0.0.0 Safari/537.36`;
    const found = recognise(
      facts(agent, { platform: "Android", brands: [{ brand: "Google Chrome", version: "126" }] }),
    );
    expect([found.device, found.system, found.fit]).toEqual(["android", "Android", "recommended"]);
  });

  test("a Chromium of another maker that does not say so in the user agent", () => {
    const agent = `${WINDOWS} ${KIT} Chrome/126.0.0.0 Safari/537.36`;
    const brands = [{ brand: "Not/A)Brand", version: "8" }, { brand: "Microsoft Edge", version: "126" }];
    expect(recognise(facts(agent, { brands })).browser).toBe("Edge 126");
  });

  test("a WebView that hides", () => {
    const brands = [{ brand: "Android WebView", version: "126" }];
    expect(recognise(facts(REDUCED, { brands })).fit).toBe("in_app");
  });
});

test("every name is one that the assistant takes", () => {
  const name = /^[A-Za-z][A-Za-z ]*( \d{1,3}(\.\d{1,2})?)?$/;
  for (const [, agent] of AGENTS) {
    const { system, browser } = recognise(facts(agent));
    expect(system).toMatch(name);
    expect(browser).toMatch(name);
  }
});
