// Imports of the texts and other data in YAML, so that they stand in data/ only.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { parse } from "yaml";

/**
 * `import texts from "…/texts.yml?prefix=launcher_"` gives the entry `texts` of the file: those
 * whose keys begin so, by the rest of the key ("launcher_open" is `texts.open`), for the loader
 * carries only its own. Without a query the whole file as it is.
 */
export function yamlModules(): Plugin {
  return {
    name: "videohjelp-yaml",
    load(id) {
      const [path = "", query = ""] = id.split("?");
      if (!path.endsWith(".yml")) return null;
      this.addWatchFile(path);
      const whole: unknown = parse(readFileSync(path, "utf-8"));
      const prefix = new URLSearchParams(query).get("prefix");
      const value = prefix === null ? whole : withPrefix(whole, prefix);
      return { code: `export default ${JSON.stringify(value)};`, moduleSideEffects: false };
    },
  };
}

function withPrefix(whole: unknown, prefix: string): Record<string, unknown> {
  const texts = (whole as { texts: Record<string, unknown> }).texts;
  const own = Object.entries(texts).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]));
}
