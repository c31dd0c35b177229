// Two builds, because a file of the first may not share a chunk with the second: the pages (chat,
// device check, demo) and, with `--mode loader`, the one file that a hospital's page embeds.
import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";
import { flatPages } from "./build/flat-pages.ts";
import { pruneDesignsystemet } from "./build/prune-css.ts";
import { launcherThemes, pageThemes } from "./build/themes.ts";
import { yamlModules } from "./build/yaml.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared: UserConfig = {
  root: here("."),
  base: "/",
  publicDir: false,
  plugins: [yamlModules(), launcherThemes()],
  css: { postcss: { plugins: [pageThemes(), pruneDesignsystemet(here("src"))] } },
};

/**
 * The oldest browsers that patients have and that take part in a video consultation. Scripts may
 * use ES2022, but no static blocks and no lookbehind in regular expressions: Safari 15 has neither.
 */
const target = "es2022";
const cssTarget = ["safari15.4", "chrome100", "firefox100"];

const pages: UserConfig = {
  ...shared,
  plugins: [...(shared.plugins ?? []), flatPages()],
  build: {
    target,
    cssTarget,
    outDir: here("../videohjelp/channels/web/static"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        chat: here("src/chat/chat.html"),
        "device-check": here("src/device-check/device-check.html"),
        "sms-simulator": here("src/sms-simulator/sms-simulator.html"),
        demo: here("demo/index.html"),
      },
    },
  },
};

const loader: UserConfig = {
  ...shared,
  build: {
    target,
    cssTarget,
    outDir: here("../videohjelp/channels/web/static"),
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: { entry: here("src/loader/widget.ts"), formats: ["es"], fileName: () => "widget.js" },
    // A module that exports nothing, minified as far as it goes: the hospital's page pays for it.
    minify: "oxc",
    rolldownOptions: { output: { minify: true } },
  },
};

export default defineConfig(({ mode }) => (mode === "loader" ? loader : pages));
