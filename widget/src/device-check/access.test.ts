// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askFor, stop } from "./access";

function failsWith(name: string, message = ""): void {
  const getUserMedia = async (): Promise<never> => Promise.reject(new DOMException(message, name));
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia }, permissions: navigator.permissions });
}

function permission(state: PermissionState): void {
  vi.stubGlobal("navigator", { ...navigator, mediaDevices: navigator.mediaDevices, permissions: { query: async () => ({ state }) } });
}

beforeEach(() => vi.stubGlobal("isSecureContext", true));
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["NotFoundError", "none"],
  ["DevicesNotFoundError", "none"],
  ["NotReadableError", "busy"],
  ["TrackStartError", "busy"],
  ["OverconstrainedError", "over_constrained"],
  ["AbortError", "aborted"],
  ["SecurityError", "policy"],
  ["NotSupportedError", "unsupported"],
  ["SomethingNew", "failed"],
])("%s means %s", async (name, access) => {
  failsWith(name);
  expect(await askFor("camera")).toEqual({ access });
});

test.each([
  ["Permission denied by system", "prompt", "blocked_by_system"],
  ["Permission dismissed", "prompt", "dismissed"],
  ["Permission denied", "denied", "denied"],
  ["The request is not allowed by the user agent", "prompt", "dismissed"],
] as const)("NotAllowedError, «%s», permission %s", async (message, state, access) => {
  failsWith("NotAllowedError", message);
  permission(state);
  expect(await askFor("microphone")).toEqual({ access });
});

test("a browser that does not tell the permission has denied it", async () => {
  failsWith("NotAllowedError");
  vi.stubGlobal("navigator", {
    mediaDevices: navigator.mediaDevices,
    permissions: { query: async () => Promise.reject(new TypeError()) },
  });
  expect(await askFor("camera")).toEqual({ access: "denied" });
});

test("an insecure page is not asked for", async () => {
  vi.stubGlobal("isSecureContext", false);
  expect(await askFor("camera")).toEqual({ access: "insecure" });
});

test("a browser without media devices", async () => {
  vi.stubGlobal("navigator", {});
  expect(await askFor("camera")).toEqual({ access: "unsupported" });
});

test.each([
  ["camera", undefined, { video: true }],
  ["microphone", undefined, { audio: true }],
  ["camera", "abc", { video: { deviceId: { exact: "abc" } } }],
] as const)("only the %s is asked for", async (part, id, constraints) => {
  const stream = {} as MediaStream;
  const getUserMedia = vi.fn(async () => stream);
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  expect(await askFor(part, id)).toEqual({ access: "works", stream });
  expect(getUserMedia).toHaveBeenCalledExactlyOnceWith(constraints);
});

test("all tracks are stopped", () => {
  const tracks = [{ stop: vi.fn() }, { stop: vi.fn() }];
  stop({ getTracks: () => tracks } as unknown as MediaStream);
  for (const track of tracks) expect(track.stop).toHaveBeenCalledOnce();
});
