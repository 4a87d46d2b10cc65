// Takes the pictures of the README: node test/pictures.mjs ADDRESS REPORT.html FOLDER
import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';
import { options } from './browser-options.mjs';

const [address, report, folder] = process.argv.slice(2);
const browser = await chromium.launch(options);
const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' });

await page.goto(pathToFileURL(report).href);
await page.screenshot({ path: `${folder}/report.png`, clip: { x: 0, y: 0, width: 1200, height: 1030 }, fullPage: true });

await page.goto(`${address}#/tweets/overview`);
await page.waitForFunction(() => document.querySelector('main')?.dataset.place === 'tweets/overview' && !document.querySelector('main [aria-busy]'));
await page.waitForTimeout(2_500);
await page.screenshot({ path: `${folder}/page.png` });

await browser.close();
