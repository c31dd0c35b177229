// Designsystemet comes with every colour, size and typeface; our pages use a few of them. What no
// rule can reach is left out: it is more than half of the style sheet.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AtRule, Container, Plugin, Rule } from "postcss";

/** Parts of a selector that our pages never have: see the attributes set in src/. */
const NEVER_MATCHES = [
  // The scheme is always "auto": what the patient's device is set to.
  /\[data-color-scheme=["']?(light|dark)/,
  /\[data-color=["']?(brand1|brand2|info|success|warning|neutral)/,
  /\[data-typography=["']?secondary/,
  /\[data-size=["']?(2xs|xl|2xl)/,
  /\.ds-(floating|checkbox--checked|focus|readonly-icon|list--unstyled|print-preserve)/,
  /\[role=switch\]|:indeterminate|:is\(select\)|\[type=(date|checkbox)\]/,
];

const USE = /var\(\s*(--[\w-]+)/g;

/**
 * Removes rules that never match and custom properties that nothing uses.
 *
 * @param sources the folder whose style sheets count as users, for one may be loaded later than
 *   the tokens it uses.
 */
export function pruneDesignsystemet(sources: string): Plugin {
  return {
    postcssPlugin: "videohjelp-prune-designsystemet",
    OnceExit(root) {
      if (!root.toString().includes("--ds-")) return;
      root.walkRules(dropUnmatched);
      const usedElsewhere = usesInFolder(sources);
      while (dropUnused(root, usedElsewhere));
      root.walkAtRules(dropEmpty);
    },
  };
}

function dropUnmatched(rule: Rule): void {
  const alive = rule.selectors.filter((one) => !NEVER_MATCHES.some((never) => never.test(one)));
  if (alive.length === 0) rule.remove();
  else if (alive.length < rule.selectors.length) rule.selectors = alive;
}

function dropUnused(root: Container, usedElsewhere: Set<string>): boolean {
  const used = new Set(usedElsewhere);
  root.walkDecls((declaration) => {
    for (const [, name] of declaration.value.matchAll(USE)) used.add(name ?? "");
  });
  let dropped = false;
  root.walkDecls(/^--/, (declaration) => {
    if (used.has(declaration.prop)) return;
    dropped = true;
    const rule = declaration.parent;
    declaration.remove();
    if (rule?.nodes?.length === 0) rule.remove();
  });
  return dropped;
}

function dropEmpty(rule: AtRule): void {
  if (rule.nodes?.length === 0) rule.remove();
}

function usesInFolder(folder: string): Set<string> {
  const used = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf-8" })) {
    if (!entry.endsWith(".css")) continue;
    for (const [, name] of readFileSync(join(folder, entry), "utf-8").matchAll(USE)) {
      used.add(name ?? "");
    }
  }
  return used;
}
