// Takes pictures of all pages: node test/shots.mjs ADDRESS FOLDER [pipeline,…] [page,…] [width,…] [light,dark]
import { chromium } from 'playwright-core';
import { options } from './browser-options.mjs';

const [address, folder, pipelines = 'tweets', pages = 'overview,views,parity,records,runs,topics,schedules,tables,system', widths = '1440', themes = 'light'] = process.argv.slice(2);
const browser = await chromium.launch(options);
for (const theme of themes.split(',')) {
  for (const width of widths.split(',')) {
    const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme: theme });
    const page = await context.newPage();
    page.on('console', (it) => { if (it.type() === 'error') console.log('console', it.text()); });
    page.on('pageerror', (it) => console.log('error', it.message));
    for (const pipeline of pipelines.split(',')) {
      for (const name of pages.split(',')) {
        const [place, query = ''] = name.split('?');
        await page.goto(`${address}#/${pipeline}/${place}${query ? `?${query}` : ''}`);
        await page.waitForFunction((at) => document.querySelector('main')?.dataset.place === at && !document.querySelector('main [aria-busy]'), `${pipeline}/${place}`, { timeout: 20_000 }).catch(() => console.log(`${pipeline} ${name}: still loading`));
        await page.waitForTimeout(400);
        await page.screenshot({ path: `${folder}/${pipeline}-${place}${query ? '-' + query.replace(/\W/g, '_') : ''}-${width}-${theme}.png`, fullPage: true });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) console.log(`${pipeline} ${name} at ${width}: ${over} px too wide`);
      }
    }
    await context.close();
  }
}
await browser.close();
