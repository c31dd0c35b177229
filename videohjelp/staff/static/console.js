// What htmx does not do by itself: empties the field when the message was sent.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !event.detail.successful) return;
  if (form.hasAttribute("data-clear")) form.reset();
  document.getElementById("text")?.focus();
  document.getElementById("write")?.scrollIntoView({ block: "end" });
});
