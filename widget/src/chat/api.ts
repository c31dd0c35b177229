/** Talks to the assistant's server (/api/chat), with the conversation's token. */

import { language, type Language } from "../shared/language";
import { recall, remember } from "./tab-memory";
import type { Content, Information, Message, Rating } from "./types";

const TIMEOUT_MS = 20_000;

/** Why a request failed. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** The server's sentence for the patient; empty when it gave none. */
    readonly sentence: string,
    /** Milliseconds the server asks us to wait; 0 when it does not say. */
    readonly wait = 0,
  ) {
    super(`request failed: ${status}`);
  }

  /** The same sending may go through later. */
  get canRetry(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The conversation no longer exists on the server. */
  get isOver(): boolean {
    return this.status === 401 || this.status === 404;
  }
}

interface Session {
  token?: string;
  expires?: string;
}

/** What a sending came to: the messages since, or an apology when the answer is late. */
export type Sent = { messages: Message[] } | { late: string };

/** How far the patient's clock is behind the server's, in milliseconds. */
let clockOffset = 0;

/** @returns milliseconds until the conversation ends when nothing happens; Infinity when unknown */
export function timeLeft(): number {
  const expires = Date.parse(recall("expires") ?? "");
  return Number.isNaN(expires) ? Infinity : expires - (Date.now() + clockOffset);
}

/** Starts a new conversation, in place of the one this tab may have had; gives the welcome. */
export async function startConversation(): Promise<Message[]> {
  return (await request<{ messages: Message[] }>("POST", "conversations", { language: language() })).messages;
}

/** @param after the last seq this page has */
export async function sendMessage(id: string, after: number, content: Content): Promise<Sent> {
  const answer = await request<{ messages?: Message[]; message?: string }>("POST", "messages", {
    id,
    after,
    ...content,
  });
  return answer.messages ? { messages: answer.messages } : { late: answer.message ?? "" };
}

/** @param after the last seq this page has; 0 for the whole conversation */
export async function fetchMessages(after: number): Promise<Message[]> {
  return (await request<{ messages: Message[] }>("GET", `messages?after=${after}`)).messages;
}

export async function staySignedIn(): Promise<void> {
  await request("POST", "session", {});
}

export async function deleteConversation(): Promise<void> {
  await request("DELETE", "conversation");
}

/** @param rating null to take it back */
export async function sendFeedback(seq: number, rating: Rating | null, comment: string): Promise<void> {
  await request("POST", "feedback", { seq, rating, ...(comment && { comment }) });
}

export function fetchInformation(of: Language): Promise<Information> {
  return request("GET", `information?language=${of}`);
}

/**
 * Opens the stream of messages.
 * @throws ApiError
 */
export async function openEvents(after: number, signal: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(`/api/chat/events?after=${after}`, { headers: headers(false), signal });
    if (!response.ok || response.body === null) throw await failure(response);
    return response;
  } catch (error) {
    throw asApiError(error);
  }
}

async function request<T>(method: string, path: string, body?: object): Promise<T> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`/api/chat/${path}`, {
      method,
      headers: headers(body !== undefined),
      body: body ? JSON.stringify(body) : null,
      signal: aborter.signal,
    });
    if (!response.ok) throw await failure(response);
    const answer = (response.status === 204 ? {} : await response.json()) as T & Session;
    keepSession(answer, response.headers.get("Date"));
    return answer;
  } catch (error) {
    throw asApiError(error);
  } finally {
    clearTimeout(timer);
  }
}

function headers(hasBody: boolean): Record<string, string> {
  const token = recall("token");
  return {
    "Accept-Language": language(),
    ...(hasBody && { "Content-Type": "application/json" }),
    ...(token && { Authorization: `Bearer ${token}` }),
  };
}

function keepSession({ token, expires }: Session, date: string | null): void {
  if (token) remember("token", token);
  if (!expires) return;
  remember("expires", expires);
  const serverTime = Date.parse(date ?? "");
  if (!Number.isNaN(serverTime)) clockOffset = serverTime - Date.now();
}

async function failure(response: Response): Promise<ApiError> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  return new ApiError(response.status, message ?? "", Number(response.headers.get("Retry-After")) * 1000 || 0);
}

/** fetch throws when there is no network, no answer in time, or the answer broke off. */
function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "");
}
