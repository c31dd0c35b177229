/** The camera: the patient's own picture, "do you see yourself?", another camera. */

import { make } from "../shared/dom";
import { t } from "../shared/language";
import { type Check, deviceChoice, deviceIdOf } from "./check";
import { told } from "./codes";
import { devicesOf } from "./devices";
import { type Tried, useDevice } from "./media-step";

export async function checkCamera(check: Check): Promise<void> {
  check.view.step(2, "check_camera", "check_camera_ask");
  const found = await useDevice(check, "camera", (stream, chosen) => ownPicture(check, stream, chosen));
  if (found) check.result.camera = found.is === false ? "not_seen" : told(found.access);
}

/** @returns whether the patient sees their own picture */
async function ownPicture({ view }: Check, stream: MediaStream, chosen: boolean): Promise<Tried<boolean>> {
  const video = make("video", "check-picture");
  video.muted = true;
  video.playsInline = true; // else iPhones show it full screen
  video.autoplay = true;
  video.srcObject = stream;
  video.setAttribute("aria-label", t("check_picture"));
  const cameras = await devicesOf("videoinput");
  return new Promise((resolve, reject) => {
    const other = deviceChoice("camera", cameras, deviceIdOf(stream), (id) => resolve({ other: id }));
    view.clear();
    view.add(video, ...other, make("p", "check-question", t("check_camera_question")));
    if (chosen) view.focusChoice();
    view.say(t("check_camera_on"));
    view.choose({ yes: "check_yes", no: "check_no" }).then((seen) => resolve({ is: seen === "yes" }), reject);
  });
}
