/** What the server's API (/api/chat) sends and takes. */

import type { Language } from "../shared/language";

export interface Button {
  id: string;
  title: string;
  /** What the page does itself instead of sending the press. */
  action?: "device_check";
}

export type Rating = "up" | "down";

export interface Message {
  /** Rises within a conversation, with gaps. */
  seq: number;
  from: "assistant" | "user";
  text: string;
  language: Language;
  /** ISO 8601 with offset. */
  time: string;
  /** Of the sending that this message is; from the patient only. */
  id?: string;
  buttons?: Button[];
  progress?: { step: number; steps: number };
  rating?: Rating;
}

/** What one sending carries. */
export type Content =
  | { text: string }
  | { press: string }
  | { silence: true }
  | { language: Language }
  | { check: object };

export interface PhoneLine {
  name: string;
  number: string;
  purpose: string;
  status: "open" | "closed" | "unknown";
  /** Such as "Åpner igjen mandag kl. 08.00"; may be empty. */
  text: string;
}

export interface Information {
  phoneLines: PhoneLine[];
  /** What the hospital tells everybody now, such as an outage; most often empty. */
  notice: string;
}
