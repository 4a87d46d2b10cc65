// How smoothly a page runs while it is live: node test/frames.mjs ADDRESS [pipeline/page] [seconds]
// Tells frames a second, the longest time between two, and the events that came; as JSON.
import { chromium } from 'playwright-core';
import { options } from './browser-options.mjs';

const [address, place = 'tweets/overview', seconds = '30'] = process.argv.slice(2);
const browser = await chromium.launch(options);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const begun = Date.now();
await page.goto(`${address}#/${place}`);
await page.waitForFunction((at) => document.querySelector('main')?.dataset.place === at && !document.querySelector('main [aria-busy]'), place);
const shown = Date.now() - begun;
const told = await page.evaluate(
  (length) =>
    new Promise((resolve) => {
      const gaps = [];
      let last = performance.now();
      const end = last + length * 1_000;
      const frame = (now) => {
        gaps.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
        else resolve({ frames: gaps.length, longest: Math.max(...gaps), slow: gaps.filter((gap) => gap > 50).length });
      };
      requestAnimationFrame(frame);
    }),
  Number(seconds),
);
console.log(JSON.stringify({ place, shown_ms: shown, frames_per_second: told.frames / Number(seconds), longest_ms: Math.round(told.longest), over_50_ms: told.slow }));
await browser.close();
