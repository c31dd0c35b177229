// The device check on a page of its own.
import "./device-check-page.css";
import { openDeviceCheck } from "./device-check.ts";

void openDeviceCheck(document.querySelector("main") as HTMLElement, {});
