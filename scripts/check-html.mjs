// The checks of scripts/check-html: every page of the folder in the first argument, pictures into the second if given.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.MODULES, "here.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, pictures] = process.argv.slice(2);

const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const SCHEMES = ["light", "dark"];
// What axe-core calls serious or critical keeps somebody out; the rest is printed and does not fail.
const FAULTS = new Set(["serious", "critical"]);

let faults = 0;
function holds(what, found) {
  if (found.length === 0) return console.log(`ok: ${what}`);
  faults += 1;
  console.log(`FAILED: ${what}`);
  for (const one of found.slice(0, 12)) console.log(`    ${one}`);
}

// Elements that reach out of the window, unless an ancestor of theirs scrolls sideways by itself.
function overflowing() {
  const scrolls = element => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true;
    return false;
  };
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll("body *:not(.skip)")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.closest("svg svg, svg *")) continue;
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element))
      found.push(`<${element.localName} class="${element.getAttribute("class") ?? ""}"> from ${box.left} to ${box.right}`);
  }
  return found;
}

// What an article could have smuggled in.
function smuggled() {
  const found = Object.keys(window).filter(name => name === "pwned").map(name => `${name} = ${window[name]}`);
  for (const element of document.querySelectorAll("*"))
    for (const { name, value } of element.attributes)
      if (name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(value)) found.push(`${element.localName} ${name}="${value}"`);
  for (const element of document.querySelectorAll("img, iframe, object, embed, link, textarea, base, form[action]")) found.push(element.outerHTML.slice(0, 80));
  if (document.scripts.length !== 1) found.push(`${document.scripts.length} scripts`);
  return found;
}

// A document's own filter: each box hides the cards of its verdict and no other, and the count says so.
async function filters(page) {
  const found = [];
  for (const form of await page.locator("form.filter").all()) {
    const cards = form.locator("xpath=..").locator(".card");
    const total = await cards.count();
    for (const box of await form.locator("input").all()) {
      const verdict = await box.getAttribute("value");
      await box.focus();
      await page.keyboard.press("Space");
      const shown = await cards.evaluateAll(all => all.filter(card => card.offsetParent).map(card => card.dataset.verdict));
      const of_it = await cards.evaluateAll((all, verdict) => all.filter(card => card.dataset.verdict === verdict).length, verdict);
      const said = await form.locator("output").textContent();
      if (of_it === 0 || shown.includes(verdict) || shown.length !== total - of_it) found.push(`${verdict} hidden: ${shown.length} of ${total} are shown`);
      if (!said.includes(`${total - of_it} of ${total}`)) found.push(`${verdict} hidden: it says "${said}"`);
      await page.keyboard.press("Space");
    }
    if (await cards.evaluateAll(all => all.some(card => !card.offsetParent))) found.push("not every card came back");
  }
  return found;
}

// Each mark leads to its card and the card's number back.
async function links(page) {
  return page.evaluate(() => {
    const found = [];
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) found.push(`${link.getAttribute("href")} leads nowhere`);
      else if (link.matches(".marker") && !target.matches(".card")) found.push(`${link.getAttribute("href")} is no card`);
      else if (link.matches(".number") && !target.matches(".marker")) found.push(`${link.getAttribute("href")} is no mark`);
    }
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`two of ${id}`);
    return found;
  });
}

// A mark followed by keyboard shows its card; the first stop of the keyboard is the way past the text.
async function keyboard(page) {
  const found = [];
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.matches(".skip")))) found.push("the first stop is not the skip link");
  const mark = page.locator(".marker").first();
  if ((await mark.count()) === 0) return found;
  await mark.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".card:target"), null, { timeout: 2000 }).catch(() => {});
  const seen = await page.evaluate(() => {
    const box = document.querySelector(".card:target")?.getBoundingClientRect();
    return box && box.top < innerHeight && box.bottom > 0;
  });
  if (!seen) found.push("the card of the first mark is not in sight");
  return found;
}

async function accessible(page) {
  // Not by a script element, so that the count of scripts stays that of the page.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = v => `${v.impact}: ${v.id}, ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(" | ")}`;
  for (const v of violations) if (!FAULTS.has(v.impact)) console.log(`note: ${told(v)}`);
  return violations.filter(v => FAULTS.has(v.impact)).map(told);
}

// Hover values stand in the figures: each mark that has a title has words in it.
const hovers = page => page.locator("figure svg").evaluateAll(all => all.filter(svg => ![...svg.querySelectorAll("circle > title, polygon > title")].some(t => t.textContent.trim())).map(svg => `no hover value in "${svg.querySelector("title").textContent}"`));

async function check(browser, file, screen, scheme) {
  const name = file.replace(/\.html$/, "");
  const context = await browser.newContext({ viewport: SCREENS[screen], colorScheme: scheme });
  const page = await context.newPage();
  const heard = [];
  page.on("console", message => ["error", "warning"].includes(message.type()) && heard.push(message.text()));
  page.on("pageerror", error => heard.push(String(error)));
  page.on("dialog", dialog => (heard.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on("request", request => request.url().startsWith("file:") || heard.push(`asked for ${request.url()}`));
  await page.goto(pathToFileURL(join(folder, file)).href);
  const where = `${name}, ${screen}, ${scheme}`;
  holds(`${where}: nothing reaches out of the window`, await page.evaluate(overflowing));
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${screen}-${scheme}.png`), fullPage: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach(details => (details.open = true)));
  holds(`${where}: nor with every detail open`, await page.evaluate(overflowing));
  holds(`${where}: axe-core`, await accessible(page));
  if (scheme === "light") {
    holds(`${where}: filters`, await filters(page));
    holds(`${where}: links`, await links(page));
    holds(`${where}: nothing of the article is alive`, await page.evaluate(smuggled));
    holds(`${where}: hover values`, await hovers(page));
    await page.reload();
    holds(`${where}: keyboard`, await keyboard(page));
    await page.emulateMedia({ media: "print" });
    holds(`${where}: on paper`, await page.evaluate(overflowing));
    if (pictures && screen === "desk") await page.pdf({ path: join(pictures, `${name}-print.pdf`), format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  }
  holds(`${where}: console and network are silent`, heard);
  await context.close();
}

async function withoutScripts(browser, file) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SCREENS.desk });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, file)).href);
  const found = [];
  for (const card of await page.locator(".card").all()) if (!(await card.isVisible())) found.push(`${await card.getAttribute("id")} is hidden`);
  if (await page.locator("form.filter:visible").count()) found.push("a filter that does nothing is shown");
  holds(`${file}: readable without scripts`, found);
  await context.close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  for (const file of readdirSync(folder).filter(file => file.endsWith(".html"))) {
    for (const screen of Object.keys(SCREENS)) for (const scheme of SCHEMES) await check(browser, file, screen, scheme);
    await withoutScripts(browser, file);
  }
} finally {
  await browser.close();
}
console.log(`${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
