// Reports to look at, made by the real program from findings that are kept, and a browser to look with.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
export const program = process.env.PAINPOINT || join(root, "target/release/painpoint");
const places = mkdtempSync(join(tmpdir(), "painpoint-browser-"));
process.on("exit", () => rmSync(places, { recursive: true, force: true }));

/** A folder of its own under the temporary one. */
export function folder(name) {
  const path = join(places, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs the program in a folder. */
export function run(where, ...args) {
  return execFileSync(program, args, { cwd: where, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** The report of one of the samples whose findings are kept; `change` may alter the findings first. */
export function report(sample, { args = [], change = findings => findings, name = sample } = {}) {
  const where = folder(name + "-" + args.join("").replace(/[^\w]/g, ""));
  cpSync(join(root, "tests/golden", sample), where, { recursive: true });
  const path = join(where, "findings.json");
  const findings = change(JSON.parse(readFileSync(path, "utf8")));
  writeFileSync(path, JSON.stringify(findings));
  run(where, "report", where, ...args);
  return pathToFileURL(join(where, "report.html")).href;
}

/** Findings as large as they get: many touchpoints, each with many topics and long voices. */
export function large(findings) {
  const touchpoint = findings.summary.touchpoints.find(own => own.phase);
  const [pain, delight] = ["pain_point", "delight"].map(kind => findings.topics.find(own => own.kind === kind));
  const summary = { ...findings.summary, touchpoints: [] };
  const topics = [];
  for (let at = 0; at < 60; at += 1) {
    const id = "touchpoint_" + at;
    summary.touchpoints.push({ ...touchpoint, id, names: { en: "Touchpoint " + at, de: "Kontaktpunkt " + at },
      phase: summary.phases[at % summary.phases.length].id });
    for (let number = 0; number < 8; number += 1) {
      const own = number < 6 ? pain : delight;
      const verbatims = [0, 1, 2].map(voice => ({ ...own.verbatims[0], text: `Voice ${voice} of ${id} and topic ${number}.`,
        whole: "The parcel was late and nobody called. ".repeat(37) }));
      topics.push({ ...own, id: `${id}-${number}`, touchpoint: id, label: [`Topic ${number} of ${at}`], verbatims });
    }
  }
  topics.sort((a, b) => (a.kind < b.kind) - (a.kind > b.kind));
  return { ...findings, summary, topics, families: [] };
}

/** Findings as the twelfth night has them: with a history of weeks, and alerts. */
export function nightly(findings) {
  const pain = findings.topics.filter(own => own.kind === "pain_point");
  const day = number => new Date(Date.UTC(2026, 2, 2 + number)).toISOString().slice(0, 10);
  const weeks = Array.from({ length: 12 }, (_, week) => week);
  const estimate = value => ({ n: 214, value, low: value - 0.05, high: value + 0.05 });
  const history = {
    runs: 12, feedback: 2380, undated: 3, unit: "week", nps: true,
    periods: weeks.map(week => ({ first: day(7 * week), last: day(7 * week + 6), open: week === 11, feedback: 200,
      with_text: 180, sentiment: { negative: 90, neutral: 40, positive: 70 }, score: estimate(-0.1) })),
    topics: findings.topics.map(own => ({ id: own.id, runs: 12, since: 1, feedback: weeks })),
    moved: [{ from: "older", label: ["Die Rechnung kommt jeden Monat zu spät"], into: pain[0].id,
      feedback: { count: 23, of: 57, share: 0.4, low: 0.3, high: 0.53 } }],
  };
  const judged = (judgement, measure, more) => ({ rule: "Telefon & Hotline, wöchentlich", measure, against: "before",
    judgement, new: judgement === "fail", value: estimate(0.14), expected: 0.06, warn: 0, fail: null, p: 0.0001, q: 0.001,
    ...more });
  const alerts = {
    sensitivity: "normal", unit: "week", period: [day(70), day(76)],
    judged: [
      judged("fail", "pain-point", { pain_point: pain[0].id, touchpoint: pain[0].touchpoint, label: pain[0].label }),
      judged("warn", "complaints", { touchpoint: pain[0].touchpoint }),
      judged("unjudged", "csat", { value: null, reason: { why: "no_scores" } }),
      judged("quiet", "nps", {}),
    ],
  };
  return { ...findings, history, alerts };
}

const arguments_ = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars"];

/** Debian's Chromium. */
export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: arguments_ });
}

/** A page that holds whatever went wrong on it, and what it asked for beside itself. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.wrongs = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) page.wrongs.push(message.text()); });
  page.on("pageerror", error => page.wrongs.push(String(error)));
  page.on("request", request => {
    if (request.url() !== address && !request.url().startsWith("data:") && !request.url().startsWith("blob:"))
      page.wrongs.push("asks for " + request.url());
  });
  await page.goto(address);
  return page;
}
