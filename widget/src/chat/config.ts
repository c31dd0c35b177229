/** What the server tells the page about itself. */

import { readJson } from "../shared/dom";
import type { Language } from "../shared/language";

export interface Config {
  hospitalName: string;
  /** Characters in a message. */
  messageLimit: number;
  retentionDays: number;
  sessionHours: number;
  languages: Language[];
  /** The websites that may frame the page. */
  parentOrigins: string[];
  theme: string;
}

export const config = readJson<Config>("config");
