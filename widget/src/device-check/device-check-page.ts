// The device check on a page of its own.
import "./device-check-page.css";
import { showDeviceCheck } from "./device-check.ts";

showDeviceCheck(document.querySelector("main") as HTMLElement);
