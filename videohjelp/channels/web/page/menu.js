// @ts-check
/** The menu: a native disclosure that closes as menus do. */

/**
 * @param {HTMLDetailsElement} menu
 * @param {Record<string, () => void>} actions by the id of the button
 */
export function watchMenu(menu, actions) {
  const opener = menu.querySelector("summary");

  for (const [id, action] of Object.entries(actions)) {
    menu.querySelector(`#${id}`)?.addEventListener("click", () => {
      menu.open = false;
      opener?.focus(); // where a dialog gives the focus back
      action();
    });
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    opener?.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    // Safari gives buttons no focus when they are clicked: then there is no relatedTarget.
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
}
