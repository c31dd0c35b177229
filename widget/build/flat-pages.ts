// The pages lie beside their sources in src/<name>/; the server looks for static/<name>.html.
import type { Plugin } from "vite";

/** Moves each src/<folder>/<name>.html of the output to <name>.html. */
export function flatPages(): Plugin {
  return {
    name: "videohjelp-flat-pages",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          const name = /^src\/.*\/([\w-]+\.html)$/.exec(fileName)?.[1];
          if (name === undefined || file.type !== "asset") continue;
          this.emitFile({ type: "asset", fileName: name, source: file.source });
          delete bundle[fileName];
        }
      },
    },
  };
}
