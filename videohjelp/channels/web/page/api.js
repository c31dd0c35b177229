// @ts-check
/** Talks to the assistant's server, and keeps the conversation's token for this browser tab. */

/**
 * @typedef {{id: string, title: string}} Button
 * @typedef {object} Message
 * @property {number} seq
 * @property {"assistant"|"user"} from
 * @property {string} text
 * @property {import("./strings.js").Language} language
 * @property {string} time ISO 8601 with offset
 * @property {Button[]} [buttons]
 * @property {{step: number, steps: number}} [progress]
 *
 * @typedef {{text: string} | {press: string} | {silence: true}} Content what one sending carries
 */

const TOKEN_KEY = "videohjelp-token";
const TIMEOUT_MS = 30_000;

/** Why a request failed. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when no answer came
   * @param {string} sentence the server's sentence for the patient; empty when it gave none
   */
  constructor(status, sentence) {
    super(`request failed: ${status}`);
    this.status = status;
    this.sentence = sentence;
  }

  /** The same sending may go through later. */
  get canRetry() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The conversation no longer exists on the server. */
  get isOver() {
    return this.status === 401 || this.status === 404;
  }
}

/** @returns {boolean} whether a conversation was started in this tab */
export function hasConversation() {
  return sessionStorage.getItem(TOKEN_KEY) !== null;
}

/** Forgets the conversation here; the server keeps it. */
export function forget() {
  sessionStorage.removeItem(TOKEN_KEY);
}

/**
 * Starts a new conversation, in place of the one this tab may have had.
 * @param {import("./strings.js").Language} language
 * @returns {Promise<Message[]>} the assistant's welcome
 * @throws {ApiError}
 */
export async function startConversation(language) {
  const answer = await request("POST", "conversations", { language });
  sessionStorage.setItem(TOKEN_KEY, answer.token);
  return answer.messages;
}

/**
 * @param {string} id made here; the same id again gives the same answer, so a retry is harmless
 * @param {Content} content
 * @returns {Promise<Message[]>} the assistant's new messages
 * @throws {ApiError}
 */
export async function sendMessage(id, content) {
  return (await request("POST", "messages", { id, ...content })).messages;
}

/**
 * @returns {Promise<Message[]>} the whole conversation
 * @throws {ApiError}
 */
export async function fetchMessages() {
  return (await request("GET", "messages")).messages;
}

/**
 * Deletes the conversation on the server, and forgets it here.
 * @throws {ApiError}
 */
export async function deleteConversation() {
  await request("DELETE", "conversation");
  forget();
}

/**
 * @param {string} method
 * @param {string} path below /api/chat/
 * @param {object} [body]
 * @returns {Promise<any>} the answer's JSON; null when it has none
 * @throws {ApiError}
 */
async function request(method, path, body) {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`/api/chat/${path}`, {
      method,
      headers: headers(body !== undefined, path !== "conversations"),
      body: body && JSON.stringify(body),
      signal: aborter.signal,
    });
    if (!response.ok) {
      const failure = await response.json().catch(() => ({}));
      throw new ApiError(response.status, failure.message ?? "");
    }
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    // fetch throws when there is no network, no answer in time, or the answer broke off.
    throw error instanceof ApiError ? error : new ApiError(0, "");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {boolean} hasBody
 * @param {boolean} hasToken
 * @returns {Record<string, string>}
 */
function headers(hasBody, hasToken) {
  const token = hasToken ? sessionStorage.getItem(TOKEN_KEY) : null;
  return {
    ...(hasBody && { "Content-Type": "application/json" }),
    ...(token && { Authorization: `Bearer ${token}` }),
  };
}
