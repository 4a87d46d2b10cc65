// Looks at the page as a reader does. Given the addresses of servers with samples, hostile text, nothing, trouble and a token.
import { readFile, stat } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { options } from './browser-options.mjs';

const [samples, hostile, empty, trouble, locked, secret] = process.argv.slice(2);
const only = process.env.ONLY?.split(',');
const ANSWERS = ['why', 'trace'];
const QUERY = { why: '?view=window_stats&window=2026-01-31T12:00:00Z&key.hashtag=%23coffee', trace: '?at=0-4711' };
const PAGES = ['overview', 'views', 'parity', 'records', 'runs', 'topics', 'schedules', 'tables', 'system', ...ANSWERS];
const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const browser = await chromium.launch(options);
const failures = [];
let done = 0;

function check(what, right, found = '') {
  done++;
  if (!right) {
    failures.push(`${what}${found === '' ? '' : `: ${found}`}`);
  }
}
/** A page that notes everything that must not happen: dialogs, errors, what the policy blocked, requests to elsewhere. */
async function opened(address, { width = 1440, theme = 'light', quiet = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  const bad = [];
  await page.addInitScript(() => addEventListener('securitypolicyviolation', (it) => console.error(`policy ${it.violatedDirective} ${it.blockedURI}`)));
  page.on('dialog', (it) => { bad.push(`dialog ${it.message()}`); void it.dismiss(); });
  page.on('console', (it) => { if (it.type() === 'error' && (quiet || !it.text().startsWith('Failed to load'))) bad.push(it.text()); });
  page.on('pageerror', (it) => bad.push(it.message));
  page.on('request', (it) => { if (!it.url().startsWith(address) && !it.url().startsWith('blob:')) bad.push(`request to ${it.url()}`); });
  await page.goto(address);
  return { page, bad, close: () => context.close() };
}
async function go(page, address, pipeline, name, query = QUERY[name] ?? '') {
  await page.goto(`${address}#/${encodeURIComponent(pipeline)}/${name}${query}`);
  await page.waitForFunction((place) => document.querySelector('main')?.dataset.place === place && document.querySelector('main h1') && !document.querySelector('main [aria-busy]') && !/Loading/.test(document.querySelector('main h1').textContent), `${pipeline}/${name}`, { timeout: 15_000 });
}
async function serious(page, rules = null) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const result = await page.evaluate((only) => globalThis.axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) }), rules);
  return result.violations.filter((it) => ['serious', 'critical'].includes(it.impact))
    .map((it) => `${it.id} ${it.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
}
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const names = (page) => page.evaluate(() => [...document.querySelectorAll('.picker option')].map((it) => it.value));

async function everyPageHasItsData() {
  const it = await opened(samples);
  await go(it.page, samples, 'tweets', 'overview');
  for (const pipeline of await names(it.page)) {
    for (const name of PAGES) {
      await go(it.page, samples, pipeline, name);
      check(`${pipeline} ${name} has a heading`, (await it.page.locator('h1').count()) === 1);
      check(`${pipeline} ${name} shows no error`, (await it.page.locator('[role=alert]').count()) === 0);
    }
  }
  for (const [pipeline, view] of [['tweets', 'window_stats'], ['tweets', 'window_totals'], ['tweets', 'top_hashtags'], ['orders', 'hourly_revenue'], ['orders', 'top_products'], ['bitcoin', 'minute_metrics'], ['user_activity', 'user_sessions'], ['user_activity', 'active_users'], ['shop_events', 'sales_by_category']]) {
    await go(it.page, samples, pipeline, 'views', `?view=${view}`);
    await it.page.waitForSelector('.chart canvas', { timeout: 8000 }).catch(async () => check(`${pipeline} ${view} shows a chart`, false, (await it.page.locator('main').innerText()).slice(0, 200) + it.bad.join(' | ')));
    await it.page.waitForTimeout(100);
    const painted = await it.page.evaluate(() => { const c = document.querySelector('.chart canvas'); if (!c) return 0; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n; });
    check(`${pipeline} ${view} is drawn`, painted > 500, painted);
    const toggle = it.page.locator('.as-table:not([open]) > summary').first();
    if ((await toggle.count()) > 0) {
      await toggle.focus();
      await it.page.keyboard.press('Enter');
      await it.page.waitForTimeout(150);
    }
    check(`${pipeline} ${view} has its table`, (await it.page.locator('.as-table tbody tr').count()) > 0);
  }
  await go(it.page, samples, 'tweets', 'parity');
  check('a partition that lies behind is named', (await it.page.locator('main').innerText()).includes('Partition 2 is 5 h 10 min behind the others'));
  await go(it.page, samples, 'orders', 'schedules');
  const schedules = await it.page.locator('main').innerText();
  check('a schedule that nobody runs says so', /nobody runs it[\s\S]*\.\/tandem schedule orders/.test(schedules) && schedules.includes("'tandem schedule' runs it"), schedules.slice(0, 300));
  const dot = () => it.page.locator('.dot').innerText();
  for (const [pipeline, told] of [['tweets', 'live'], ['orders', 'connected; no stream is running'], ['shop_events', 'starting']]) {
    await go(it.page, samples, pipeline, 'overview');
    await it.page.waitForFunction((text) => document.querySelector('.dot')?.textContent === text, told, { timeout: 5000 }).catch(() => {});
    check(`${pipeline} is ${told}`, (await dot()) === told, await dot());
  }
  check('a start tells what it is at', (await it.page.locator('.banner').innerText()).includes("'shop_events' is starting: opening the stream"));
  await go(it.page, samples, 'tweets', 'overview');
  await it.page.waitForFunction(() => /next comparison at/.test(document.querySelector('.verdict .when')?.textContent ?? ''), null, { timeout: 5000 }).catch(() => {});
  check('the next comparison is announced', /next comparison at .*\d\d:\d\d \S+, in \d+ min/.test(await it.page.locator('.verdict .when').innerText()), await it.page.locator('.verdict .when').innerText());
  check('nothing went wrong on the pages with data', it.bad.length === 0, it.bad.slice(0, 5).join(' | '));
  await it.close();
}
async function everyWidthFits() {
  for (const width of [1440, 768, 375]) {
    const it = await opened(samples, { width });
    for (const name of PAGES) {
      await go(it.page, samples, 'tweets', name);
      check(`${name} fits ${width} px`, (await wide(it.page)) <= 0, await wide(it.page));
    }
    await it.close();
  }
}
/** A disagreement and a pipeline without data have parts of their own; pages of the machine are the same for all. */
const OTHERS = [['bitcoin', ['overview', 'views', 'parity', 'records']], ['shop_events', ['overview', 'views', 'parity', 'runs']]];

async function axeFindsNothingSerious() {
  const it = await opened(samples);
  for (const [pipeline, pages] of [['tweets', PAGES], ...OTHERS]) {
    for (const name of pages) {
      await go(it.page, samples, pipeline, name);
      const found = await serious(it.page);
      check(`axe on ${pipeline} ${name}`, found.length === 0, found.join(' | '));
    }
  }
  await it.close();
}
/** The dark theme changes colours and nothing else. */
async function darkColoursAreReadable() {
  const it = await opened(samples, { theme: 'dark' });
  for (const [pipeline, pages] of [['tweets', PAGES], ...OTHERS]) {
    for (const name of pages) {
      await go(it.page, samples, pipeline, name);
      const found = await serious(it.page, ['color-contrast']);
      check(`contrast on ${pipeline} ${name}, dark`, found.length === 0, found.join(' | '));
    }
  }
  await it.close();
}
async function itLivesAndPauses() {
  const it = await opened(samples);
  await go(it.page, samples, 'tweets', 'overview');
  const read = () => it.page.locator('.flow-read strong').textContent();
  await it.page.waitForFunction(() => document.querySelector('.dot')?.textContent === 'live');
  const first = await read();
  await it.page.waitForTimeout(2500);
  check('numbers move while live', (await read()) !== first);
  await it.page.getByRole('button', { name: /Pause/ }).click();
  await it.page.waitForFunction(() => document.querySelector('.dot')?.textContent === 'paused');
  const still = await read();
  await it.page.waitForTimeout(2500);
  check('numbers stand while paused', (await read()) === still);
  await it.page.getByRole('button', { name: /Resume/ }).click();
  await it.page.waitForFunction(() => document.querySelector('.dot')?.textContent === 'live');
  await it.page.waitForTimeout(1500);
  check('numbers move again', (await read()) !== still);
  await it.close();
}
async function filtersNarrow() {
  const it = await opened(samples);
  await go(it.page, samples, 'tweets', 'views', '?view=window_totals');
  await it.page.locator('.as-table summary').first().click();
  const [saved] = await Promise.all([it.page.waitForEvent('download'), it.page.getByRole('button', { name: 'Save as PNG' }).first().click()]);
  check('a chart is saved as a picture', saved.suggestedFilename().endsWith('.png') && (await stat(await saved.path())).size > 2_000, saved.suggestedFilename());
  await go(it.page, samples, 'tweets', 'parity');
  check('parity tells how fast windows come right', (await it.page.textContent('main')).includes('99 % right 400 ms after'));
  await go(it.page, samples, 'tweets', 'parity', '?view=window_totals');
  const rows = () => it.page.locator('[aria-label=Differences] tbody tr').count();
  const narrow = await rows();
  await go(it.page, samples, 'tweets', 'parity', '?view=');
  check('a view narrows the differences', narrow > 0 && narrow < (await rows()), narrow);
  await it.page.getByLabel('key contains').fill('#spark');
  await it.page.waitForTimeout(200);
  check('the address holds the filter', it.page.url().includes('spark'));
  check('a key narrows the differences', (await it.page.locator('[aria-label=Differences] tbody').textContent()).includes('#spark') && !(await it.page.locator('[aria-label=Differences] tbody').textContent()).includes('#kafka'));
  await go(it.page, samples, 'tweets', 'views', '?view=window_stats&only=differences');
  check('only differences are shown', !(await it.page.locator('[aria-label="Rows of window_stats"]').textContent()).includes('✔'));
  await go(it.page, samples, 'tweets', 'records');
  const all = await it.page.locator('.samples li').count();
  await it.page.locator('.reasons button').first().click();
  await it.page.waitForTimeout(200);
  check('a reason narrows the samples', (await it.page.locator('.samples li').count()) < all);
  await it.close();
}
/** From a differing number to its bridge, from there to a record's trace, and back to a number, by links and the keyboard alone. */
async function everyNumberTellsWhy() {
  const it = await opened(samples);
  await go(it.page, samples, 'tweets', 'parity');
  await it.page.locator('a.why').first().focus();
  await it.page.keyboard.press('Enter');
  await it.page.waitForFunction(() => document.querySelector('main')?.dataset.place === 'tweets/why' && document.querySelector('[aria-label="Bridge of n"]'));
  check('a bridge tells its causes', (await it.page.locator('[aria-label="Bridge of n"]').innerText()).includes('late'));
  check('a bridge has a bar for each cause', (await it.page.locator('[aria-label="Bridge of n"] .step').count()) === 2);
  await it.page.locator('[aria-label^="Records behind"] tbody th a').first().focus();
  await it.page.keyboard.press('Enter');
  await it.page.waitForFunction(() => document.querySelector('main')?.dataset.place === 'tweets/trace' && document.querySelector('[aria-label=Steps]'));
  check('a trace tells the bytes', (await it.page.locator('main pre').first().textContent()).includes('t-4711'));
  await it.page.locator('[aria-label=Rows] a', { hasText: 'Why?' }).first().click();
  await it.page.waitForFunction(() => document.querySelector('main')?.dataset.place === 'tweets/why');
  await it.page.goto(`${samples}why?pipeline=tweets&view=window_stats&key.hashtag=java`);
  await it.page.waitForSelector('[aria-label="Bridge of n"]');
  check('a deep link opens the bridge', it.page.url().includes('#/tweets/why?view=window_stats'), it.page.url());
  await go(it.page, samples, 'tweets', 'records');
  await it.page.getByRole('search').getByRole('searchbox').fill("id = 't-4711'");
  await it.page.keyboard.press('Enter');
  await it.page.waitForFunction(() => document.querySelector('main')?.dataset.place === 'tweets/trace');
  check('a record is found by what is in it', it.page.url().includes('where='), it.page.url());
  await go(it.page, samples, 'tweets', 'parity');
  check('each cell of the heat strip is a link', (await it.page.locator('.heat-cells .cell:not(a)').count()) === 0 && (await it.page.locator('.heat-cells a.cell').count()) > 0);
  check('nothing went wrong on the way', it.bad.length === 0, it.bad.join(' | '));
  await it.close();
}
async function theKeyboardReachesEverything() {
  const it = await opened(samples);
  await go(it.page, samples, 'tweets', 'views');
  const wanted = await it.page.evaluate(() => [...document.querySelectorAll('a[href],button,select,input,summary,[tabindex="0"]')].length);
  await it.page.evaluate(() => { document.activeElement?.blur(); window.seen = new Set(); addEventListener('focusin', (e) => window.seen.add(e.target)); });
  for (let at = 0; at < wanted + 15; at++) await it.page.keyboard.press('Tab');
  const seen = await it.page.evaluate(() => window.seen.size);
  check('Tab reaches everything', seen >= wanted, `${seen} of ${wanted}`);
  await it.close();
}
async function itSaysWhatIsMissing() {
  const none = await opened(empty);
  await none.page.waitForSelector('.empty');
  check('without pipelines it says how to write one', (await none.page.locator('main').textContent()).includes('There is no pipeline'));
  check('nothing went wrong on the empty page', none.bad.length === 0, none.bad.join(' | '));
  await none.close();
  const fresh = await opened(samples);
  for (const [name, text] of [['overview', 'PENDING'], ['parity', 'Nothing has been compared yet'], ['runs', 'Nothing has run yet'], ['records', 'No record was refused']]) {
    await go(fresh.page, samples, 'shop_events', name);
    check(`${name} of a fresh pipeline says so`, (await fresh.page.locator('main').textContent()).includes(text));
  }
  await go(fresh.page, samples, 'nobody', 'views');
  check('an unknown pipeline is named', (await fresh.page.locator('main').textContent()).includes("There is no pipeline 'nobody'"));
  await fresh.close();
}
async function itSaysWhatIsWrong() {
  const it = await opened(trouble, { quiet: false });
  for (const name of PAGES.filter((page) => !['schedules', 'system'].includes(page))) {
    await it.page.goto(`${trouble}#/tweets/${name}${QUERY[name] ?? ''}`);
    await it.page.waitForSelector('[role=alert]', { timeout: 5000 }).catch(() => undefined);
    check(`${name} in trouble tells why`, (await it.page.locator('main').textContent()).includes('Cannot reach the database'));
    const found = await serious(it.page);
    check(`axe on ${name} in trouble`, found.length === 0, found.join(' | '));
  }
  await it.page.waitForSelector('.banner');
  check('the banner tells it too', (await it.page.locator('.banner').textContent()).includes('Cannot reach the database'));
  check('nothing else went wrong in trouble', it.bad.length === 0, it.bad.join(' | '));
  await it.close();
}
/** Pipelines by turns: {@code turn} of {@code turns}. */
async function hostileTextStaysText(turn, turns) {
  const it = await opened(hostile);
  await it.page.waitForSelector('.picker option', { state: 'attached' });
  const shown = [];
  for (const pipeline of (await names(it.page)).filter((_, at) => at % turns === turn)) {
    for (const name of PAGES) {
      await go(it.page, hostile, pipeline, name, name === 'records' ? '?kind=late' : '');
      const alien = await it.page.evaluate(async () => {
        document.querySelectorAll('main details').forEach((node) => { node.open = true; });
        await new Promise((done) => setTimeout(done, 60));
        return [...document.querySelectorAll('script:not([src="/app.js"]),iframe,object,embed,img:not([src="/icon.svg"]),video,audio,base,link:not([href="/app.css"]):not([href="/icon.svg"]),math,marquee,main style,main form')].map((node) => node.outerHTML.slice(0, 80)).concat([...document.querySelectorAll('main *')].filter((node) => [...node.attributes].some((a) => /^on/i.test(a.name) || /^\s*javascript:/i.test(a.value))).map((node) => node.outerHTML.slice(0, 80)));
      });
      check(`${name} of ${pipeline.slice(0, 14)} has no alien node`, alien.length === 0, alien.join(' | '));
      shown.push(await it.page.evaluate(() => document.body.textContent));
    }
  }
  check('the payloads are there to be seen', shown.some((text) => /onerror|<script|javascript:/.test(text)));
  check('no payload ran', !(await it.page.evaluate(() => 'pwned' in window)));
  check('no dialog, no policy report, no error, no request elsewhere', it.bad.length === 0, it.bad.slice(0, 5).join(' | '));
  await it.close();
}
const oddPipelinesAreHarmless = () => hostileTextStaysText(1, 2);
const evenPipelinesAreHarmless = () => hostileTextStaysText(0, 2);
async function theTokenOpens() {
  const it = await opened(locked, { quiet: false });
  await it.page.waitForSelector('form');
  const found = await serious(it.page);
  check('axe on the login', found.length === 0, found.join(' | '));
  await it.page.getByLabel('Token').fill('wrong');
  await it.page.keyboard.press('Enter');
  await it.page.waitForSelector('[role=alert]');
  await it.page.getByLabel('Token').fill(secret);
  await it.page.keyboard.press('Enter');
  await it.page.waitForFunction(() => document.querySelector('.dot')?.textContent === 'live', null, { timeout: 8000 });
  check('the token is in no address', !it.page.url().includes(secret));
  await it.page.waitForFunction(() => document.querySelector('main h1')?.textContent.includes('AGREE'), null, { timeout: 8000 }).catch(() => undefined);
  check('the token opens the page', (await it.page.locator('main h1').textContent()).includes('AGREE'));
  await it.close();
}
async function firstPaint() {
  const times = [];
  for (let at = 0; at < 2; at++) {
    const it = await opened(samples);
    await go(it.page, samples, 'tweets', 'overview');
    times.push(await it.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN));
    await it.close();
  }
  console.log(`first contentful paint: ${times.map((it) => `${Math.round(it)} ms`).join(', ')}`);
}

/** The long ones first, some at a time in contexts of their own: they wait more than they work. */
const PARTS = Object.entries({ axeFindsNothingSerious, oddPipelinesAreHarmless, evenPipelinesAreHarmless, everyPageHasItsData, darkColoursAreReadable, itLivesAndPauses, everyWidthFits, itSaysWhatIsMissing, itSaysWhatIsWrong, filtersNarrow, everyNumberTellsWhy, theKeyboardReachesEverything, theTokenOpens, firstPaint })
  .filter(([name]) => !only || only.includes(name));
async function worker() {
  for (let next = PARTS.shift(); next; next = PARTS.shift()) {
    const [name, part] = next;
    const begun = Date.now();
    await part().catch((e) => failures.push(`${name} broke off: ${String(e).split('\n')[0]}`));
    console.log(`${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}
await Promise.all([worker(), worker(), worker()]);
await browser.close();
failures.forEach((it) => console.log(`FAILED ${it}`));
console.log(`${done} checks, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
