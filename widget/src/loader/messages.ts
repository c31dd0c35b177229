// What the loader and the conversation page tell each other. Nothing of the conversation is in it.

export type Language = "nb" | "nn" | "en";

/**
 * From the page. unread: answers that came while the dialog was closed. started, ended: whether a
 * conversation runs in this tab.
 */
export type FromPage =
  | { videohjelp: "ready" | "close" | "started" | "ended" }
  | { videohjelp: "unread"; count: number }
  | { videohjelp: "language"; language: Language };

/**
 * To the page. opened: the page takes the focus, which is in its frame already. visible: open, while
 * the patient is elsewhere on the page. closed: nobody sees the page.
 */
export type ToPage = "opened" | "visible" | "closed";

/** Sends to the page in the frame, and to no other that may have come in its place. */
export function tell(frame: HTMLIFrameElement, origin: string, kind: ToPage): void {
  frame.contentWindow?.postMessage({ videohjelp: kind }, origin);
}

/**
 * Hands on what the page in the frame says; anything from another window or origin is ignored.
 *
 * @param frame gives the frame, once there is one.
 */
export function listen(
  frame: () => HTMLIFrameElement | undefined,
  origin: string,
  heard: (message: FromPage) => void,
): void {
  addEventListener("message", (event: MessageEvent<FromPage | null>) => {
    const source = frame()?.contentWindow;
    if (source && event.source === source && event.origin === origin && event.data?.videohjelp) {
      heard(event.data);
    }
  });
}
