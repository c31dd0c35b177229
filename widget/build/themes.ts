// The hospitals' colours (data/widget/themes.yml) as custom properties.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import postcss, { type Plugin as PostcssPlugin } from "postcss";
import type { Plugin } from "vite";
import { parse } from "yaml";

const FILE = fileURLToPath(new URL("../../data/widget/themes.yml", import.meta.url));

/** One scheme of a theme: the colour of buttons, of the text on them, of links. #rrggbb each. */
interface Colours {
  button: string;
  buttonHover: string;
  buttonActive: string;
  onButton: string;
  link: string;
}

interface Theme {
  light: Colours;
  dark: Colours;
}

type Properties = (colours: Colours) => Record<string, string>;

const OF_THE_PAGE: Properties = (colours) => ({
  "--ds-color-accent-base-default": colours.button,
  "--ds-color-accent-base-hover": colours.buttonHover,
  "--ds-color-accent-base-active": colours.buttonActive,
  "--ds-color-accent-base-contrast-default": colours.onButton,
  "--ds-color-accent-border-strong": colours.button,
  "--ds-color-accent-text-subtle": colours.link,
});

const OF_THE_LAUNCHER: Properties = (colours) => ({
  "--button": colours.button,
  "--on": colours.onButton,
});

/** PostCSS: puts the themes for the pages, by `<html data-theme>`, in place of `@themes;`. */
export function pageThemes(): PostcssPlugin {
  return {
    postcssPlugin: "videohjelp-themes",
    AtRule: {
      themes: (place) => {
        const css = rules(OF_THE_PAGE, (name) => `:root[data-theme="${name}"]`, ":root");
        place.replaceWith(postcss.parse(css, { from: FILE }));
      },
    },
  };
}

/** Vite: `import css from "virtual:launcher-themes"`, the rules for the launcher by class. */
export function launcherThemes(): Plugin {
  const name = "virtual:launcher-themes";
  return {
    name: "videohjelp-launcher-themes",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const css = rules(OF_THE_LAUNCHER, (theme) => `.${theme}`, ".standard");
      return { code: `export default ${JSON.stringify(css)};`, moduleSideEffects: false };
    },
  };
}

function rules(
  properties: Properties,
  selector: (name: string) => string,
  standard: string,
): string {
  const { themes } = parse(readFileSync(FILE, "utf-8")) as { themes: Record<string, Theme> };
  const scheme = (which: keyof Theme): string =>
    Object.entries(themes)
      .map(([name, theme]) => {
        const declarations = Object.entries(properties(theme[which])).map((pair) => pair.join(":"));
        return `${name === "standard" ? standard : selector(name)}{${declarations.join(";")}}`;
      })
      .join("");
  return `${scheme("light")}@media (prefers-color-scheme:dark){${scheme("dark")}}`;
}
