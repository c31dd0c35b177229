// @vitest-environment happy-dom
// The language changes along the way: what stands in a message is in the message's language.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import content from "../../../data/widget/texts.yml";
import type { Language } from "../shared/language";
import type { Sent } from "./api";
import page from "./chat.html?raw";
import type { Message } from "./types";

vi.mock("./api", { spy: true });

const { texts } = content as { texts: Record<string, Record<Language, string>> };
document.body.innerHTML = /<body>([^]*)<script/.exec(page)?.[1] ?? "";
for (const [id, data] of [["texts", texts], ["config", {}]] as const) {
  const block = document.createElement("script");
  block.id = id;
  block.type = "application/json";
  block.textContent = JSON.stringify(data);
  document.body.append(block);
}
const { language, setLanguage } = await import("../shared/language");
const api = await import("./api");
const { Conversation } = await import("./conversation");
const { forgetAll, remember } = await import("./tab-memory");

const IN_NORWEGIAN = {
  lang: "nb", speaker: "Robot", progress: "Steg 1 av 2", link: "(ny fane)",
  choices: "Svarvalg", rate: "Vurder svaret", thumbs: ["Nyttig", "Ikke nyttig"],
};
const IN_ENGLISH = {
  lang: "en", speaker: "Robot", progress: "Step 1 of 2", link: "(new tab)",
  choices: "Choices", rate: "Rate the answer", thumbs: ["Helpful", "Not helpful"],
};

let conversation: InstanceType<typeof Conversation>;
let push = (_messages: readonly Message[]): void => {};

/** An answer with everything that the page adds to one. */
function answer(seq: number, spoken: Language): Message {
  return {
    seq,
    from: "assistant",
    text: "https://join.nhn.no",
    language: spoken,
    time: "2026-11-27T09:00:00+01:00",
    buttons: [{ id: `button-${seq}`, title: "Chrome" }],
    progress: { step: 1, steps: 2 },
  };
}

/** What the patient said and the answer, which are in one language. */
function turn(seq: number, spoken: Language, id = `sending-${seq}`): Message[] {
  const { time } = answer(seq, spoken);
  return [{ seq, from: "user", text: "Chrome", language: spoken, time, id }, answer(seq + 1, spoken)];
}

/** Takes up a conversation that went from Norwegian to English. */
async function reload(): Promise<void> {
  vi.mocked(api.fetchMessages).mockResolvedValueOnce([answer(1, "nb"), ...turn(2, "nb"), ...turn(4, "en")]);
  conversation = open();
  await conversation.restore();
}

function open(): InstanceType<typeof Conversation> {
  return new Conversation({ onOver: vi.fn(), onDeleted: vi.fn(), onAction: vi.fn() });
}

/** The id of what was sent last. */
function sent(): string | undefined {
  return vi.mocked(api.sendMessage).mock.lastCall?.[0];
}

function shown(nth: number): HTMLElement | undefined {
  return document.querySelectorAll<HTMLElement>(".message")[nth];
}

/** The page's own words in the nth message. */
function words(nth: number): Record<keyof typeof IN_ENGLISH, unknown> {
  const find = (selector: string): Element | null | undefined => shown(nth)?.querySelector(selector);
  return {
    lang: shown(nth)?.lang,
    speaker: find(".speaker")?.textContent,
    progress: find(".progress")?.textContent?.trim(),
    link: find("a span")?.textContent?.trim(),
    choices: find(".choices")?.getAttribute("aria-label"),
    rate: find(".feedback")?.getAttribute("aria-label"),
    thumbs: [...(shown(nth)?.querySelectorAll(".feedback > button") ?? [])].map((one) => one.textContent),
  };
}

/** What a screen reader is told, by language. */
function announced(): string[] {
  return [...document.querySelectorAll<HTMLElement>("#announcer p")].map((one) => `${one.lang}: ${one.textContent}`);
}

beforeEach(() => {
  vi.useFakeTimers();
  forgetAll();
  setLanguage("nb");
  document.getElementById("chat")?.removeAttribute("hidden");
  vi.mocked(api.openEvents).mockImplementation(async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        push = (messages) => {
          const events = messages.map((one) => `event: message\ndata: ${JSON.stringify(one)}\n\n`);
          stream.enqueue(new TextEncoder().encode(events.join("")));
        };
      },
    });
    return { body } as Response;
  });
  vi.mocked(api.sendMessage).mockReturnValue(new Promise(() => {}));
  vi.mocked(api.sendFeedback).mockResolvedValue();
});

afterEach(() => {
  conversation.close();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

test("an answer in another language is shown in it when it comes by the POST", async () => {
  vi.mocked(api.sendMessage).mockImplementationOnce(async (id) => ({ messages: turn(2, "en", id) }));
  conversation = open();
  conversation.begin([answer(1, "nb")]);
  conversation.say("Chrome");
  await vi.advanceTimersByTimeAsync(400);
  expect(words(1)).toMatchObject({ lang: "en", speaker: "You" });
  expect(words(2)).toEqual(IN_ENGLISH);
  expect(language()).toBe("en");
  expect(announced().at(-1)).toBe("en: Robot: Step 1 of 2. https://join.nhn.no Choices: Chrome.");
});

test("an answer in another language is shown in it when it comes by the stream", async () => {
  conversation = open();
  conversation.begin([answer(1, "nb")]);
  conversation.say("Chrome");
  await vi.advanceTimersByTimeAsync(400);
  push(turn(2, "en", sent()));
  await vi.advanceTimersByTimeAsync(0);
  expect(words(1)).toMatchObject({ lang: "en", speaker: "You" });
  expect(words(2)).toEqual(IN_ENGLISH);
  // The page around it too, and not only once the turn is known to be whole.
  expect(language()).toBe("en");
});

test("after a reload each answer is shown in its own language", async () => {
  await reload();
  expect(language()).toBe("en");
  expect(words(1)).toMatchObject({ lang: "nb", speaker: "Du" });
  expect(words(2)).toEqual({ ...IN_NORWEGIAN, choices: undefined });
  expect(words(4)).toEqual(IN_ENGLISH);
});

test("a button pressed before a reload is shown in the language of its answer", async () => {
  setLanguage("en");
  remember("presses", JSON.stringify([["sending-2", "button-1"]]));
  await reload();
  expect(words(0).choices).toBe("Svarvalg");
  expect(shown(0)?.querySelector(".choices")?.textContent).toBe("Chrome (valgt)");
});

test("an earlier answer is rated in its own language", async () => {
  await reload();
  const place = shown(2)?.querySelector(".feedback");
  place?.querySelector("button")?.click();
  await vi.advanceTimersByTimeAsync(400);
  expect(place?.querySelector("span")?.textContent).toBe("Nyttig. Takk for vurderingen.");
  expect(place?.querySelector("summary")?.textContent).toBe("Vil du si mer? (frivillig)");
  expect(announced().at(-1)).toBe("nb: Takk for vurderingen.");
});

test("an answer from before the patient chose another language is shown in its own", async () => {
  conversation = open();
  conversation.begin([answer(1, "nb")]);
  conversation.say("Chrome");
  await vi.advanceTimersByTimeAsync(400);
  const id = sent();
  setLanguage("en");
  conversation.speak("en");
  push(turn(2, "nb", id));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(language()).toBe("en");
  expect(words(2)).toEqual(IN_NORWEGIAN);
  expect(announced().at(-1)).toBe("nb: Robot: Steg 1 av 2. https://join.nhn.no Svarvalg: Chrome.");
});

test("that the network is back is said in the language of the answer that shows it", async () => {
  let arrive = (_answer: Sent): void => {};
  vi.mocked(api.sendMessage).mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
  conversation = open();
  conversation.begin([answer(1, "nb")]);
  conversation.say("Chrome");
  await vi.advanceTimersByTimeAsync(400); // the stream is open
  dispatchEvent(new Event("offline"));
  dispatchEvent(new Event("online"));
  arrive({ messages: turn(2, "en", sent()) });
  await vi.advanceTimersByTimeAsync(400);
  expect(announced().slice(-2)).toEqual([
    "en: We are in contact again.",
    "en: Robot: Step 1 of 2. https://join.nhn.no Choices: Chrome.",
  ]);
});
