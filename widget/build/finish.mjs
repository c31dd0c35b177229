// After the two builds: the loader under a name with its hash, manifest.json, and the sizes, which
// must keep within the budget. Ends with exit code 1 when one does not.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const output = fileURLToPath(new URL("../../videohjelp/channels/web/static/", import.meta.url));

/** Bytes with brotli. What is fetched only on request (the device check) does not count. */
const BUDGET = { loader: 3 * 1024, chat: 20 * 1024 };

/** @param {string} file */
const bytes = (file) => readFileSync(output + file);

/** @param {Buffer} content */
const integrity = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

/**
 * What a page loads at once: itself, its scripts and what they import, its style sheets.
 * @param {string} page
 */
function filesOf(page) {
  const html = bytes(page).toString("utf-8");
  const linked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  return [page, ...new Set(linked.filter((file) => file !== undefined))];
}

/** @param {string[]} files */
function sizes(files) {
  const contents = files.map(bytes);
  /** @param {(content: Buffer) => Buffer} pack */
  const total = (pack) => contents.reduce((sum, content) => sum + pack(content).length, 0);
  return { raw: total((c) => c), gzip: total((c) => gzipSync(c)), brotli: total((c) => brotliCompressSync(c)) };
}

const loader = bytes("widget.js");
const hash = createHash("sha256").update(loader).digest("hex").slice(0, 10);
const versioned = `assets/widget-${hash}.js`;
writeFileSync(output + versioned, loader);

const files = readdirSync(output, { recursive: true, encoding: "utf-8" })
  .filter((name) => /\.(js|css|html)$/.test(name))
  .map((name) => name.replaceAll("\\", "/"))
  .sort();
const manifest = {
  loader: { file: versioned, integrity: integrity(loader) },
  files: Object.fromEntries(files.map((name) => [name, integrity(bytes(name))])),
};
writeFileSync(`${output}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);

const initial = { loader: ["widget.js"], chat: filesOf("chat.html"), "device-check": filesOf("device-check.html") };
const eager = new Set(Object.values(initial).flat().concat(filesOf("demo/index.html"), filesOf("sms-simulator.html"), versioned));
const lazy = files.filter((name) => !eager.has(name));
const table = Object.entries({ ...initial, "loaded on request": lazy });

console.log(`${"".padEnd(20)}${"raw".padStart(9)}${"gzip".padStart(9)}${"brotli".padStart(9)}  budget`);
let over = false;
for (const [name, parts] of table) {
  const size = sizes(parts);
  const limit = name in BUDGET ? BUDGET[/** @type {keyof typeof BUDGET} */ (name)] : undefined;
  const failed = limit !== undefined && size.brotli > limit;
  over ||= failed;
  const columns = [size.raw, size.gzip, size.brotli].map((n) => String(n).padStart(9)).join("");
  console.log(`${name.padEnd(20)}${columns}  ${limit ?? "-"}${failed ? "  OVER BUDGET" : ""}`);
}
console.log(`\nSRI: <script type="module" src="/${versioned}" integrity="${manifest.loader.integrity}" crossorigin="anonymous"></script>`);
if (over) process.exit(1);
