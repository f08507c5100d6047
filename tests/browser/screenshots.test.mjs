// How the report looks: wide, narrow, dark, printed. Written anew with PAINPOINT_GOLDEN=write; look at them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { browser as start, open, report } from "./reports.mjs";

const here = dirname(fileURLToPath(import.meta.url));
// Letters are drawn a little differently by each version of browser and fonts.
const TOLERATED = 0.04;
const LOOKS = {
  wide: { viewport: { width: 1200, height: 2600 } },
  narrow: { viewport: { width: 360, height: 2600 } },
  dark: { viewport: { width: 1200, height: 2600 }, colorScheme: "dark" },
  print: { viewport: { width: 794, height: 2246 }, media: "print" },
};

// Without the fonts that the pictures were taken with, they say nothing.
const FONTS = { "system-ui": "DejaVu Sans", Georgia: "DejaVu Serif", "Times New Roman": "Liberation Serif" };

function fonts() {
  const match = name => execFileSync("fc-match", ["--format", "%{family}", name], { encoding: "utf8" });
  try {
    return Object.entries(FONTS).filter(([name, wanted]) => match(name) !== wanted).map(([, wanted]) => wanted);
  } catch {
    return Object.values(FONTS);
  }
}

const lacking = fonts();
const skip = lacking.length > 0 && `fonts are lacking: ${lacking.join(", ")}`;

let browser;
before(async () => { browser = await start(); });
after(() => browser.close());

for (const [name, { media, ...options }] of Object.entries(LOOKS)) {
  test(`the report looks as it did: ${name}`, { skip }, async () => {
    const page = await open(browser, report("umfrage_energie", { args: ["--report-lang", "de"], name: "look" }), options);
    if (media) await page.emulateMedia({ media });
    const seen = await page.screenshot({ scale: "css" });
    const golden = join(here, "golden", name + ".png");
    if (process.env.PAINPOINT_GOLDEN === "write") {
      mkdirSync(dirname(golden), { recursive: true });
      writeFileSync(golden, seen);
      return;
    }
    assert.ok(existsSync(golden), "write it with PAINPOINT_GOLDEN=write");
    const [was, is] = [PNG.sync.read(readFileSync(golden)), PNG.sync.read(seen)];
    const diff = new PNG({ width: was.width, height: was.height });
    const differing = pixelmatch(was.data, is.data, diff.data, was.width, was.height, { threshold: 0.25 });
    const share = differing / (was.width * was.height);
    if (share > TOLERATED) {
      mkdirSync(join(here, "seen"), { recursive: true });
      writeFileSync(join(here, "seen", name + ".png"), seen);
    }
    assert.ok(share <= TOLERATED, `${(share * 100).toFixed(1)} % of the pixels differ; see tests/browser/seen/${name}.png`);
  });
}
