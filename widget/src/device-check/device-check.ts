// The check of the patient's camera, microphone, speaker and connection.
import "./device-check.css";

/** Shows the check in an element of the page. */
export function openDeviceCheck(
  _host: HTMLElement,
  _options: { signal?: AbortSignal },
): Promise<object | null> {
  return Promise.resolve(null);
}
