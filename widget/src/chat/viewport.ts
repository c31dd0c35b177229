/** Keeps the page as high as what is seen of it: the keyboard of an iPhone covers the rest. */

export function followViewport(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const follow = (): void => {
    // Zooming makes it smaller too; then the whole page is to stay as it is.
    if (visualViewport.scale !== 1) return;
    document.documentElement.style.setProperty("--seen", `${visualViewport.height}px`);
    // iPhones push the page up behind the keyboard.
    if (visualViewport.offsetTop > 0) scrollTo(0, 0);
  };
  visualViewport.addEventListener("resize", follow);
  follow();
}
