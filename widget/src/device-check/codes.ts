/** What the check can find, as the short codes that the assistant reads (videohjelp/device_check). */

export type Device = "iphone" | "android" | "computer" | "unknown";
export type Fit = "recommended" | "usable" | "not_recommended" | "in_app";

/** What asking for a camera or a microphone led to. */
export type Access =
  | "works"
  | "denied"
  | "dismissed"
  | "blocked_by_system"
  | "none"
  | "busy"
  | "insecure"
  | "policy"
  | "unsupported"
  | "over_constrained"
  | "aborted"
  | "failed";

/** Why it did not work. */
export type Refusal = Exclude<Access, "works">;

/** What the assistant is told: the page's finer reasons for a failure are for the patient only. */
type Told = Exclude<Access, "over_constrained" | "aborted"> | "skipped";

/** The result of the check: short codes, and nothing about who it is. */
export interface DeviceCheckResult {
  device: Device;
  /** Name and version, such as "iOS 17.4". */
  system: string;
  /** Name and version, such as "Safari 17". */
  browser: string;
  browser_fit: Fit;
  camera: Told | "not_seen";
  microphone: Told;
  sound_level: "moving" | "silent" | "skipped";
  speaker: "heard" | "not_heard" | "none" | "skipped";
  connection: "good" | "weak" | "none" | "skipped";
}

/** @returns what the assistant is told of an outcome */
export function told(access: Access): Told {
  return access === "over_constrained" || access === "aborted" ? "failed" : access;
}
