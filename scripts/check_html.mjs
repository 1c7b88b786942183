// Opens HTML files in headless Chromium at desktop and phone width and on paper, and tells what axe-core finds.
// Called by check_html.py: node check_html.mjs MODULES CHROMIUM FILE...

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [modules, chromium, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "package.json"));
const { chromium: browserType } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 375, 1280];

const missing = () =>
  [...document.querySelectorAll("details[open] > :not(summary)")].filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })).length;

const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const found = [];
for (const file of files) {
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const tell = (what) => found.push({ file, width, what });
    page.on("console", (message) => tell(`console: ${message.text()}`));
    page.on("pageerror", (error) => tell(`script error: ${error.message}`));
    page.on("dialog", async (dialog) => { tell("a dialog opened"); await dialog.dismiss(); });
    page.on("request", (request) => { if (!request.url().startsWith("file:")) tell(`asked for ${request.url()}`); });
    await page.goto(pathToFileURL(path.resolve(file)).href);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) tell(`wider than the window by ${over} pixels`);
    await page.evaluate(axe); // outside the page's own policy, which runs no script
    const report = await page.evaluate(() => axe.run(document));
    for (const { id, impact, help, nodes } of report.violations) {
      tell(`${impact} ${id}: ${help} (${nodes.length}), first ${nodes[0].html.slice(0, 200)}`);
    }
    await page.emulateMedia({ media: "print" });
    // Parts are laid out as frames are drawn: ask until all are there, for some seconds at the most.
    let hidden = await page.evaluate(missing);
    for (let asked = 0; hidden && asked < 50; asked++) {
      await page.waitForTimeout(100);
      hidden = await page.evaluate(missing);
    }
    if (hidden) tell(`${hidden} parts are missing on paper`);
    await page.close();
  }
}
await browser.close();
for (const { file, width, what } of found) console.log(`${file} at ${width}: ${what}`);
process.exit(found.length ? 1 : 0);
