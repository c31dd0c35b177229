/** Which cameras, microphones and speakers the browser knows of. */

/** @returns the devices of one kind; none when the browser does not tell */
export async function devicesOf(kind: MediaDeviceKind): Promise<MediaDeviceInfo[]> {
  const all = await everyDevice();
  // Before permission is given, each has an empty id: there is nothing to choose from.
  return all.filter((device) => device.kind === kind && device.deviceId !== "");
}

/**
 * @returns false when there certainly is no loudspeaker: the browser lists what sound can come out
 *   of, and lists none
 */
export async function mayHaveSpeaker(): Promise<boolean> {
  if (!canChooseSpeaker()) return true;
  const all = await everyDevice();
  return all.length === 0 || all.some((device) => device.kind === "audiooutput");
}

/** Browsers that cannot choose a loudspeaker do not list them either. */
function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

async function everyDevice(): Promise<MediaDeviceInfo[]> {
  try {
    return await navigator.mediaDevices.enumerateDevices();
  } catch {
    return [];
  }
}
