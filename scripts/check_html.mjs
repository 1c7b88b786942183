// Opens HTML files in headless Chromium at desktop and phone width and on paper, and tells what axe-core finds.
// Each is loaded once, and its window made wider. Called by check_html.py:
// node check_html.mjs MODULES CHROMIUM print|screen FILE...    with print, the PDF of each lies beside it, to be counted

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [modules, chromium, print, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "package.json"));
const { chromium: browserType } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 375, 1280];
// No style changes between the two phones: on the wider one, axe-core looks only at what hangs on what scrolls.
const RULES = { 375: ["scrollable-region-focusable"] };

const missing = () =>
  [...document.querySelectorAll("details[open] > :not(summary)")].filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })).length;

const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const found = [];
for (const file of files) {
  let width = WIDTHS[0];
  const tell = (what) => found.push({ file, width, what });
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on("console", (message) => tell(`console: ${message.text()}`));
  page.on("pageerror", (error) => tell(`script error: ${error.message}`));
  page.on("dialog", async (dialog) => { tell("a dialog opened"); await dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) tell(`asked for ${request.url()}`); });
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.evaluate(axe); // outside the page's own policy, which runs no script
  for (width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) tell(`wider than the window by ${over} pixels`);
    // What passes is told of one element each: to work it out of all takes as long again.
    const report = await page.evaluate(
      (rules) => axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) }),
      RULES[width],
    );
    for (const { id, impact, help, nodes } of report.violations) {
      tell(`${impact} ${id}: ${help} (${nodes.length}), first ${nodes[0].html.slice(0, 200)}`);
    }
  }
  await page.emulateMedia({ media: "print" });
  // Parts are laid out as frames are drawn: ask until all are there, for some seconds at the most.
  let hidden = await page.evaluate(missing);
  for (let asked = 0; hidden && asked < 50; asked++) {
    await page.waitForTimeout(100);
    hidden = await page.evaluate(missing);
  }
  if (hidden) tell(`${hidden} parts are missing on paper`);
  if (print === "print") await page.pdf({ path: file.replace(/\.html$/, ".pdf"), preferCSSPageSize: true });
  await page.close();
}
await browser.close();
for (const { file, width, what } of found) console.log(`${file} at ${width}: ${what}`);
process.exit(found.length ? 1 : 0);
