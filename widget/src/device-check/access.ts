/** Asks for the camera or the microphone and says in one code what came of it. */

import type { Access, Refusal } from "./codes";

export type Part = "camera" | "microphone";

export interface Outcome {
  access: Access;
  /** Running when access is "works"; whoever asked stops it. */
  stream?: MediaStream;
}

/**
 * Asks for one device; only on the patient's press of a button.
 *
 * @param deviceId the device the patient chose; without it the browser's own choice
 */
export async function askFor(part: Part, deviceId?: string): Promise<Outcome> {
  const before = refusedBefore(part);
  if (before) return { access: before };
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : true;
  try {
    const constraints = part === "camera" ? { video: wanted } : { audio: wanted };
    return { access: "works", stream: await navigator.mediaDevices.getUserMedia(constraints) };
  } catch (error) {
    return { access: await reason(error, part) };
  }
}

/** @returns why there is no point in asking; null when there is */
function refusedBefore(part: Part): Refusal | null {
  if (!window.isSecureContext) return "insecure";
  // Without a type: old browsers and some apps lack it.
  if (!(navigator as { mediaDevices?: MediaDevices }).mediaDevices?.getUserMedia) return "unsupported";
  return isForbiddenByPage(part) ? "policy" : null;
}

/** Whether the page that embeds this one keeps the device from it (Permissions Policy). */
function isForbiddenByPage(part: Part): boolean {
  // Chromium only; elsewhere the refusal looks like the patient's own.
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
  return policy?.allowsFeature(part) === false;
}

/** What each exception means (W3C Media Capture and Streams, 10.2; older names beside). */
const REASONS: Readonly<Record<string, Refusal>> = {
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  NotReadableError: "busy",
  TrackStartError: "busy",
  OverconstrainedError: "over_constrained",
  ConstraintNotSatisfiedError: "over_constrained",
  AbortError: "aborted",
  SecurityError: "policy",
  NotSupportedError: "unsupported",
  TypeError: "unsupported",
};

async function reason(error: unknown, part: Part): Promise<Refusal> {
  const { name, message } = error as { name?: string; message?: string };
  if (name === "NotAllowedError" || name === "PermissionDeniedError") return refusal(message ?? "", part);
  return REASONS[name ?? ""] ?? "failed";
}

/** Tells the patient's no from a question that was closed, and from the system's no. */
async function refusal(message: string, part: Part): Promise<Refusal> {
  // Only the message tells these two apart, and only Chromium's.
  if (/by system/i.test(message)) return "blocked_by_system";
  if (/dismissed/i.test(message)) return "dismissed";
  return (await permission(part)) === "prompt" ? "dismissed" : "denied";
}

async function permission(part: Part): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: part as PermissionName })).state;
  } catch {
    return null; // Firefox and older Safari do not tell.
  }
}

/** Stops a stream's tracks: the camera's light goes out. */
export function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
