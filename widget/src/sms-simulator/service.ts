/** The simulator's side of the service: brings messages to it, and fetches its answers. */

export interface Answer {
  id: number;
  text: string;
  segments: number;
  /** How far it has come; "sent" when a phone has it. */
  state: string;
  /** ISO 8601, UTC. */
  created_at: string;
}

const NO_CONTACT = "Ingen kontakt med serveren. Er den startet?";
export const WRONG_NUMBER = "Dette er ikke et telefonnummer.";
const SENTENCES = new Map([
  [400, WRONG_NUMBER],
  [403, "Simulatoren virker bare på maskinen der serveren går."],
]);
/** Not on the way any more, and never to come. */
const LOST = ["dead", "resent", "dropped"];

/** The service does not do it. The message is a sentence for whoever tries the simulator. */
export class RefusedError extends Error {}

/**
 * @param id made here; the same id again is answered once, so that a retry is harmless
 * @throws RefusedError
 */
export async function bring(id: string, number: string, text: string): Promise<void> {
  await request("/webhooks/sms/console", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id, number, text }),
  });
}

/**
 * @param after the id of the last answer that is known
 * @returns those after it that have been sent, in order
 * @throws RefusedError
 */
export async function fetchAnswers(number: string, after: number): Promise<Answer[]> {
  const query = new URLSearchParams({ number, after: String(after) });
  const response = await request(`/sms/simulator/messages?${query}`);
  const { messages } = (await response.json()) as { messages: Answer[] };
  const coming = messages.filter(({ state }) => !LOST.includes(state));
  // Later ones wait for one that is not sent yet, or they would get in front of it.
  const unsent = coming.findIndex(({ state }) => state !== "sent");
  return unsent < 0 ? coming : coming.slice(0, unsent);
}

/** @throws RefusedError */
async function request(url: string, options?: RequestInit): Promise<Response> {
  const response = await fetch(url, options).catch(() => null);
  if (response?.ok) return response;
  throw new RefusedError(SENTENCES.get(response?.status ?? 0) ?? NO_CONTACT);
}
