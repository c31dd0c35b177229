// `make widget-report`: Lighthouse on the demonstration page (widget closed) and the conversation
// page of a server of its own, or of the one whose address is given. Prints the scores, writes the
// reports to var/widget-report/, and ends with exit code 1 when a score is below budget.json.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const root = fileURLToPath(new URL("../../", import.meta.url));
const output = `${root}var/widget-report/`;
const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf-8"));
const pages = { demo: "/", chat: "/chat?language=nb" };

mkdirSync(output, { recursive: true });
const given = process.argv[2];
const server = given ? undefined : startServer();
let failed = false;
try {
  const address = given ?? (await addressOf(server.stdout));
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const [name, path] of Object.entries(pages)) failed = !(await measure(name, address + path, chrome.port)) || failed;
  } finally {
    chrome.kill();
  }
} finally {
  server?.kill("SIGINT");
}
process.exitCode = failed ? 1 : 0;

function startServer() {
  return spawn(`${root}.venv/bin/python`, ["-m", "videohjelp", "serve"], {
    cwd: root,
    env: {
      ...process.env,
      VIDEOHJELP_PORT: "0",
      VIDEOHJELP_DEMO: "true",
      VIDEOHJELP_DATABASE_URL: `sqlite:///${output}report.db`,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The address that the server prints once it is ready, without a final slash. Reads on, for the server prints more. */
function addressOf(stream) {
  let said = "";
  return new Promise((resolve, reject) => {
    stream.on("data", (piece) => {
      said += piece;
      const found = /(http:\/\/[\d.]+:\d+)/.exec(said);
      if (found) resolve(found[1]);
    });
    stream.on("end", () => reject(new Error(`the server did not start:\n${said}`)));
  });
}

/** Prints and writes a page's scores; gives whether all keep within the budget. */
async function measure(name, url, port) {
  const result = await lighthouse(url, { port, output: ["html", "json"], onlyCategories: Object.keys(budget[name]), logLevel: "error" });
  const [html, json] = result.report;
  writeFileSync(`${output}${name}.html`, html);
  writeFileSync(`${output}${name}.json`, json);
  let kept = true;
  for (const [category, floor] of Object.entries(budget[name])) {
    const { score } = result.lhr.categories[category];
    kept = kept && score >= floor;
    console.log(`${name.padEnd(6)}${category.padEnd(16)}${String(Math.round(score * 100)).padStart(4)}  at least ${floor * 100}${score < floor ? "  BELOW" : ""}`);
  }
  const bytes = result.lhr.audits["total-byte-weight"].numericValue;
  console.log(`${name.padEnd(6)}${"bytes sent".padEnd(16)}${bytes}`);
  return kept;
}
