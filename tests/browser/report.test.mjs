// What a reader does with the report, in a real browser. `npm test` after `cargo build --release`.
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { browser as start, folder, large, nightly, open, report, run } from "./reports.mjs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SAMPLES = ["umfrage_energie", "shop_reviews", "beschwerden_touchpoints", "messy", "social_posts"];
let browser;
before(async () => { browser = await start(); });
after(() => browser.close());

const visible = (page, selector) => page.locator(selector + ":visible").count();

for (const sample of [...SAMPLES, "nightly"]) {
  for (const language of ["de", "en"]) {
    test(`${sample} in ${language}: nothing is wrong, nothing is asked for, no barrier in either scheme`, async () => {
      const args = ["--report-lang", language];
      const address = sample === "nightly" ? report("umfrage_energie", { args, change: nightly, name: "nightly" })
        : report(sample, { args });
      for (const colorScheme of ["light", "dark"]) {
        const page = await open(browser, address, { colorScheme });
        await page.evaluate(() => document.querySelectorAll("details").forEach(fold => { fold.open = true; }));
        // Its own script is all that the page allows, so that this one is put in from outside.
        await page.context().newCDPSession(page).then(session => session.send("Page.setBypassCSP", { enabled: true }));
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        const told = found.violations.map(own => `${own.id}: ${own.nodes.slice(0, 3).map(node => node.html).join(" | ")}`);
        assert.deepEqual(told, [], colorScheme);
        assert.deepEqual(page.wrongs, []);
        await page.context().close();
      }
    });
  }
}

test("every finding leads to its evidence, also into what is folded", async () => {
  const page = await open(browser, report("umfrage_energie", { change: nightly, name: "nightly" }));
  const links = await page.locator("main a[href^='#']").all();
  assert.ok(links.length > 20);
  for (const link of links) {
    const target = (await link.getAttribute("href")).slice(1);
    assert.equal(await page.locator(`[id="${target}"]`).count(), 1, target);
  }
  const folded = page.locator("details.quiet .chapter").last();
  const id = await folded.getAttribute("id");
  await page.evaluate(place => { location.hash = place; }, id);
  await page.waitForFunction(place => document.getElementById(place).closest("details").open, id);
});

test("a touchpoint is chosen: the others go, the address keeps it, and figures stay", async () => {
  const address = report("umfrage_energie");
  const page = await open(browser, address);
  const all = await visible(page, ".chapter");
  const figures = await page.locator("#findings").textContent();
  const select = page.locator("#filters select[name=touchpoint]");
  await select.selectOption("hotline");
  assert.equal(await visible(page, ".chapter"), 1);
  assert.ok(all > 5);
  assert.match(await page.locator("#filters [role=status]").textContent(), /^\d+ of \d+ topics and \d+ of \d+ voices shown\. Figures do not change/);
  assert.equal(await page.locator("#findings").textContent(), figures);
  const again = await open(browser, page.url());
  assert.equal(await visible(again, ".chapter"), 1);
  assert.equal(await again.locator("#filters select[name=touchpoint]").inputValue(), "hotline");
  await again.locator("#filters button[type=reset]").click();
  await again.waitForFunction(() => !location.hash.startsWith("#show:"));
  assert.equal(await visible(again, ".chapter"), all);
  assert.deepEqual(page.wrongs, []);
});

test("voices are searched, by feeling, by time, by group", async () => {
  const page = await open(browser, report("umfrage_energie"));
  const total = await visible(page, "article.card");
  await page.locator("#filters input[name=search]").fill("rechnung");
  const cards = await visible(page, "article.card");
  assert.ok(cards > 0 && cards < total);
  for (const voice of await page.locator("article.card blockquote:visible").all())
    assert.match((await voice.textContent()).toLowerCase(), /rechnung/);
  await page.locator("#filters input[name=search]").fill("there is no such voice");
  assert.equal(await visible(page, "article.card"), 0);
  await page.locator("#filters input[name=search]").fill("");
  await page.locator("#filters select[name=topic]").selectOption("delight");
  assert.equal(await visible(page, "article.card.pain"), 0);
  assert.ok(await visible(page, "article.card.delight") > 0);
  await page.locator("#filters select[name=topic]").selectOption("");
  const since = page.locator("#filters select[name=since]");
  const last = await since.locator("option").last().getAttribute("value");
  await since.selectOption(last);
  for (const voice of await page.locator("article.card blockquote:visible").all())
    assert.ok(await voice.getAttribute("data-month") >= last);
  await since.selectOption("");
  const group = page.locator("#filters select[name=group]");
  await group.selectOption({ index: 1 });
  const wanted = await group.inputValue();
  for (const card of await page.locator("article.card:visible").all())
    assert.ok((await card.getAttribute("data-groups")).split(" ").includes(wanted));
  assert.deepEqual(page.wrongs, []);
});

test("tables are sorted by the keyboard, numbers as numbers", async () => {
  const page = await open(browser, report("umfrage_energie"));
  const column = at => page.locator("#pain-points table").first().locator(`tbody tr > :nth-child(${at})`);
  const before = await column(1).allTextContents();
  const button = page.locator("#pain-points table").first().locator("thead button").nth(2);
  await button.focus();
  await page.keyboard.press("Enter");
  const shares = await column(4).evaluateAll(cells => cells.map(cell => Number(cell.dataset.value)));
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
  await page.keyboard.press("Enter");
  const falling = await column(4).evaluateAll(cells => cells.map(cell => Number(cell.dataset.value)));
  assert.deepEqual(falling, [...shares].reverse());
  await page.locator("#pain-points table").first().locator("thead button").first().click();
  assert.deepEqual(await column(1).allTextContents(), before);
});

test("charts are copied as SVG and as PNG", async () => {
  const page = await open(browser, report("umfrage_energie"), { permissions: ["clipboard-read", "clipboard-write"] });
  assert.ok(await page.locator(".tools").count() >= 3);
  await page.locator(".tools button", { hasText: "SVG" }).nth(1).click();
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.match(svg, /fill="rgb\(168, 50, 26\)"/);
  await page.locator(".tools button", { hasText: "PNG" }).nth(1).click();
  await page.locator(".tools button", { hasText: "PNG ✓" }).waitFor();
  const png = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bytes = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
    return [...bytes.slice(0, 4), bytes.length];
  });
  assert.deepEqual(png.slice(0, 4), [0x89, 0x50, 0x4e, 0x47]);
  assert.ok(png[4] > 5000);
  assert.deepEqual(page.wrongs, []);
});

test("without a script everything is there, and nothing that needs one", async () => {
  const address = report("umfrage_energie");
  const page = await open(browser, address, { javaScriptEnabled: false });
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.equal(await page.locator(".tools, thead button").count(), 0);
  for (const place of ["#findings", "#journey", "#priorities", "#pain-points", "#touchpoints", "#method"])
    assert.ok(await page.locator(place).isVisible(), place);
});

for (const width of [320, 360, 768, 1200, 2560]) {
  test(`at ${width} pixels nothing runs over the edge, and no word is cut`, async () => {
    for (const [sample, change] of [["umfrage_energie", nightly], ["shop_reviews", own => own]]) {
      const address = report(sample, { args: ["--report-lang", "de"], change, name: sample + "-wide" });
      const page = await open(browser, address, { viewport: { width, height: 900 } });
      const over = await page.evaluate(() => {
        const edge = document.documentElement.clientWidth;
        const parts = [...document.querySelectorAll("main *, header *")];
        const out = parts.filter(part => !part.closest(".scroll, .unseen, svg") && part.getBoundingClientRect().right > edge + 1);
        return out.slice(0, 5).map(part => part.outerHTML.slice(0, 120));
      });
      assert.deepEqual(over, []);
      const broken = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.parentElement.closest("svg, .unseen, blockquote, details:not([open]) > :not(summary)")) continue;
          for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,18}(?![\p{L}\p{N}\u00ad-])/gu)) {
            if (word.index && /[\p{L}\p{N}\u00ad-]/u.test(node.data[word.index - 1])) continue;
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].filter(rect => rect.width > 1).map(rect => Math.round(rect.top)));
            if (lines.size > 1) found.push(word[0]);
          }
        }
        return found;
      });
      assert.deepEqual(broken, []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
      await page.context().close();
    }
  });
}

test("a report of a great run is under 3 MB, and this is how soon it opens", async () => {
  const address = report("shop_reviews", { change: large, name: "large" });
  const size = statSync(fileURLToPath(address)).size;
  assert.ok(size < 3_000_000, `${size} bytes`);
  const page = await open(browser, address);
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    await page.reload();
    times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd));
  }
  console.log(`large report: ${size} bytes, ready after ${Math.round(Math.min(...times))} ms`);
  assert.deepEqual(page.wrongs, []);
});

test("what is written into any field is shown as text", async () => {
  const evil = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>\"'{{7*7}}";
  const where = folder("hostile");
  const cell = text => `"${text.replaceAll('"', '""')}"`;
  const rows = ["Der Support antwortet nie.", "Der Support antwortet einfach nicht.", "Support meldet sich nie zurück.",
    "Vom Support kommt keine Antwort.", "Niemand im Support antwortet."];
  const lines = [["id", `text ${evil}`, "touchpoint", `segment ${evil}`, "datum"].map(cell).join(",")];
  for (let number = 0; number < 80; number += 1) {
    const text = `${rows[number % rows.length]} ${evil} Fall ${number}.`;
    lines.push([`${number}`, text, `Hilfe ${evil}`, `${number % 2} ${evil}`, `2026-0${1 + number % 6}-12`].map(cell).join(","));
  }
  const file = "feedback '<img src=x onerror=window.hit=1>'.csv";
  writeFileSync(join(where, file), lines.join("\n"));
  writeFileSync(join(where, "codebook.toml"), `[[touchpoint]]\nid = "support"\nphase = "service"\n` +
    `names = ${JSON.stringify(evil)}\nkeyphrases = ["support"]\n`);
  writeFileSync(join(where, "logo.svg"), `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit=1"><script>parent.hit=1</script></svg>`);
  writeFileSync(join(where, "painpoint.toml"), `codebook = "codebook.toml"\n[report]\ncompany = ${JSON.stringify(evil)}\n` +
    `title = ${JSON.stringify(evil)}\nintroduction = ${JSON.stringify(evil)}\nlogo = "logo.svg"\naccent = "#7a0b5a"\n`);
  run(where, "analyze", file, "--out", "out", "--config", "painpoint.toml", "--text-column", `text ${evil}`,
    "--segment-column", `segment ${evil}`, "--quiet");
  const page = await open(browser, pathToFileURL(join(where, "out/report.html")).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach(fold => { fold.open = true; }));
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.ok((await page.locator("h1").textContent()).includes(evil));
  assert.ok((await page.locator("main").textContent()).includes("{{7*7}}"));
  assert.deepEqual(page.wrongs, []);
});

test("a report for a board is short, one for an owner is of one touchpoint", async () => {
  const board = await open(browser, report("umfrage_energie", { args: ["--audience", "board"] }));
  assert.equal(await board.locator(".chapter").count(), 0);
  assert.equal(await board.locator("article.card").count(), 10);
  const owner = await open(browser, report("umfrage_energie", { args: ["--audience", "owner", "--touchpoint", "hotline"] }));
  assert.equal(await owner.locator(".chapter").count(), 1);
  assert.deepEqual([...board.wrongs, ...owner.wrongs], []);
});
