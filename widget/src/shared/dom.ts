/** The things every part of the pages does with the document. Nothing here reads text as HTML. */

/**
 * @returns the page's element with that id
 * @throws Error when the page has none of that type
 */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page lacks ${type.name} #${id}`);
  return found;
}

/** @returns a new element; className may be empty */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @returns a new button that does not submit a form */
export function makeButton(className: string, title: string, onClick: () => void): HTMLButtonElement {
  const button = make("button", className, title);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

/** @returns the data in one of the page's JSON blocks */
export function readJson<T>(id: string): T {
  return JSON.parse(element(id, HTMLElement).textContent ?? "") as T;
}
