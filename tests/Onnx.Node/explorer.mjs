// Uses the explorer's page as a person would, in a headless browser, and tells what was seen.
//   node explorer.mjs REQUEST.json > answers.json
// The request: { "browser": "/path/of/chromium", "address": "http://127.0.0.1:…/TOKEN/ or file:///…/index.html",
//   "query": "calm, under 10 s", "upload": "a.wav, or nothing", "screenshots": "folder, or nothing", "name": "of the screenshots" }
// The answers: see the end of this file. Every id is that of the row.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const request = JSON.parse(await readFile(process.argv[2], 'utf8'));
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-proxy-server', '--autoplay-policy=no-user-gesture-required',
];
const browser = await chromium.launch({ executablePath: request.browser, headless: true, args: flags });
const [problems, foreign] = [[], []];
const answers = {};

/** Where rows are in the window, for the mouse. */
const where = (page, id) => page.evaluate((row) => {
  const box = document.getElementById('plane').getBoundingClientRect();
  const [x, y] = globalThis.explorer.plane.where(row);
  return [box.left + x, box.top + y];
}, id);

/** A row that no other one covers, and that is not the current one. */
const clear = (page) => page.evaluate(() => {
  const { app, plane } = globalThis.explorer;
  return app.list().find((id) => id !== app.current && plane.where(id) && plane.hit(...plane.where(id)) === id);
});

/** Waits until the page is laid out and drawn anew. */
const settled = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
}));

const current = (page) => page.evaluate(() => globalThis.explorer.app.current);
const text = (page, selector) => page.locator(selector).innerText();

async function open(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error' && !/\/audio$/.test(message.location().url)) problems.push(message.text()); });
  page.on('request', (asked) => {
    const address = asked.url();
    const own = address.startsWith(request.address.startsWith('file:') ? 'file:' : new URL('.', request.address).href);
    if (!own && !/^(data|blob):/.test(address)) foreign.push(address);
  });
  await page.goto(request.address);
  await page.waitForSelector('body[data-ready=true]');
  await page.waitForFunction(() => globalThis.explorer.app.foundCount > 0 && globalThis.explorer.plane.frames > 0);
  await page.waitForFunction(() => !globalThis.explorer.app.state.progress.working);
  return page;
}

async function hoverAndPlay(page) {
  const id = await clear(page);
  const [x, y] = await where(page, id);
  await page.mouse.move(x, y);
  await page.waitForSelector('#card:not([hidden])');
  const card = await text(page, '#card');
  await page.mouse.click(x, y);
  await page.waitForFunction(() => document.getElementById('audio').currentTime > 0.05, null, { timeout: 10_000 });
  answers.hover = { id, path: await page.evaluate((row) => globalThis.explorer.app.library.path[row], id), card };
  answers.play = {
    id: await current(page),
    seconds: await page.evaluate(() => document.getElementById('audio').currentTime),
    live: await page.evaluate(() => document.getElementById('live').textContent),
  };
}

async function walk(page) {
  await page.focus('#plane');
  const steps = [await current(page)];
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
    await page.keyboard.press(key);
    steps.push(await current(page));
  }

  // Short sounds end before anybody looks: that they began is counted.
  await page.evaluate(() => {
    globalThis.begun = 0;
    document.getElementById('audio').addEventListener('play', () => { globalThis.begun++; });
  });
  // Back to one that was heard, for not every clip of a run has its sound.
  await page.evaluate((row) => globalThis.explorer.app.setCurrent(row), answers.play.id);
  await page.waitForFunction(() => document.getElementById('audio').paused);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => globalThis.begun > 0);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => document.getElementById('audio').paused);
  await page.keyboard.press('s');
  answers.walk = { steps, selected: await page.evaluate(() => globalThis.explorer.app.selection.ids()) };
  await page.keyboard.press('Escape');
}

async function find(page) {
  await page.keyboard.press('f');
  await page.keyboard.type(request.query);
  await page.waitForFunction(() => document.getElementById('clear'));
  answers.find = {
    ids: await page.evaluate(() => globalThis.explorer.app.list()),
    text: await text(page, '#found'),
    chips: await page.locator('#chips li').allInnerTexts(),
  };
  await page.click('#clear');
  const slider = page.locator('#ranges input[data-end=max]').first();
  await slider.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown');
  answers.slider = await page.evaluate(() => ({
    key: [...globalThis.explorer.app.asked.ranges.keys()][0],
    most: [...globalThis.explorer.app.asked.ranges.values()][0][1],
    ids: globalThis.explorer.app.list(),
  }));
  await page.click('#clear');
}

/** Draws a lasso around one lone point: half way to its nearest neighbour at most. */
async function lasso(page) {
  await page.click('#modes [data-mode=lasso]');
  const id = await clear(page);
  const [x, y] = await where(page, id);
  const size = 9;
  await page.mouse.move(x - size, y - size);
  await page.mouse.down();
  for (const [dx, dy] of [[size, -size], [size, size], [-size, size], [-size, -size]]) await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
  const selected = await page.evaluate(() => globalThis.explorer.app.selection.ids());
  const inside = await page.evaluate(([left, top, reach]) => {
    const { app, plane } = globalThis.explorer;
    const box = document.getElementById('plane').getBoundingClientRect();
    return app.list().filter((row) => {
      const at = plane.where(row);
      return at && Math.abs(box.left + at[0] - left) < reach && Math.abs(box.top + at[1] - top) < reach;
    }).sort((a, b) => a - b);
  }, [x, y, size]);
  answers.lasso = { id, selected, inside, taken: await text(page, '#taken') };
  answers.selectedTable = await take(page, 'table');
  await page.click('#modes [data-mode=move]');
  await page.click('#unselect');
}

async function take(page, what) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#take [data-take=${what}]`)]);
  return readFile(await download.path(), 'utf8');
}

async function list(page) {
  await page.click('#views [data-view=list]');
  await page.waitForSelector('#list tbody tr[data-id]');
  await page.locator('#list tbody tr[data-id] [data-part=name]').first().focus();
  await page.keyboard.press('ArrowDown');
  answers.list = {
    rows: Number(await page.getAttribute('#list table', 'aria-rowcount')),
    drawn: await page.locator('#list tbody tr[data-id]').count(),
    columns: await page.locator('#list thead th').allInnerTexts(),
    current: await current(page),
    second: await page.evaluate(() => globalThis.explorer.app.list()[1]),
  };
  await page.locator('#list .scroller').evaluate((each) => { each.scrollTop = 400; });
  await page.focus('#list .scroller');
  const before = await page.evaluate(() => globalThis.explorer.app.list().indexOf(globalThis.explorer.app.current));
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
  answers.list.walked = await page.evaluate(() => globalThis.explorer.app.list().indexOf(globalThis.explorer.app.current)) - before;
  await page.click('#list thead [data-sort=seconds]');
  await settled(page);
  answers.list.scrolled = await page.locator('#list .scroller').evaluate((each) => each.scrollTop);
  answers.list.sorted = await page.evaluate(() => globalThis.explorer.app.list()
    .map((id) => globalThis.explorer.app.library.at('seconds', id)).filter(Number.isFinite));
  await page.click('#views [data-view=plane]');
}

/** Opens the longest sound along time and listens from a later window on. */
async function along(page) {
  const id = await page.evaluate(() => {
    const { app } = globalThis.explorer;
    return app.list().reduce((best, each) => (app.library.at('seconds', each) > app.library.at('seconds', best) ? each : best));
  });
  await page.evaluate((row) => globalThis.explorer.app.setCurrent(row), id);
  if (await page.locator('#along').count() === 0) return;
  await page.click('#along');
  await page.waitForSelector('#curve:not([hidden])');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.getElementById('audio').currentTime > 1);
  answers.along = { words: await page.getAttribute('#curve-rail', 'aria-valuetext'), legend: await text(page, '#curve .legend') };
  await page.click('#curve-close');
  await page.keyboard.press(' ');
}

async function similar(page) {
  if (await page.locator('#like').count() === 0) return;
  const id = await current(page);
  await page.click('#like');
  await page.waitForFunction(() => globalThis.explorer.app.asked.like);
  answers.similar = { id, ids: await page.evaluate(() => globalThis.explorer.app.list()) };
  await page.click('#like');
}

/** Of a run: sorts by error and listens to the worst. */
async function worst(page) {
  if (await page.locator('#worst').isHidden()) return;
  await page.click('#worst');
  answers.worst = await page.evaluate(() => {
    const { app } = globalThis.explorer;
    return { current: app.current, first: app.list()[0], errors: app.list().map((id) => app.library.at('error', id)) };
  });
  await page.click('#views [data-view=plane]');
}

async function upload(page) {
  if (!request.upload) return;
  const before = await page.evaluate(() => globalThis.explorer.app.library.count);
  await page.setInputFiles('#files', request.upload);
  await page.waitForFunction((count) => globalThis.explorer.app.library.count > count || document.querySelector('#toast.bad:not([hidden])'), before);
  answers.upload = await page.evaluate(() => {
    const { app } = globalThis.explorer;
    const { library, current: id } = app;
    return {
      id,
      name: document.getElementById('name').textContent,
      label: library.label[id] ?? null,
      values: Object.fromEntries([...document.querySelectorAll('#sound dd[data-target]')].map((each) => [each.dataset.target, each.dataset.value])),
    };
  });
}

/** Drags a lone point a little to the right and up, as a correction; then takes it back. */
async function teach(page) {
  if (await page.locator('#modes [data-mode=teach]').isHidden()) return;
  const isPlane = await page.evaluate(() => globalThis.explorer.app.layout.kind !== 'classes');
  const box = () => page.locator('#plane').evaluate((each) => JSON.stringify(each.getBoundingClientRect()));
  const still = await box();
  await page.click('#modes [data-mode=teach]');
  await settled(page);
  const moved = still !== await box();
  const id = await clear(page);
  const [x, y] = await where(page, id);
  if (isPlane) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y - 20, { steps: 5 });
    await page.mouse.up();
  } else {
    await page.mouse.click(x, y);
    await page.click('#teach-save');
  }

  await page.waitForFunction((row) => globalThis.explorer.app.library.taught.has(row) || document.querySelector('#toast.bad:not([hidden])'), id);
  const complaint = page.locator('#toast.bad:not([hidden])');
  if (await complaint.count() > 0) throw new Error(await complaint.innerText());
  answers.teach = await page.evaluate(([row, hasMoved]) => ({
    id: row, ...globalThis.explorer.app.library.taught.get(row), toast: document.getElementById('toast').textContent, moved: hasMoved,
  }), [id, moved]);
  if (isPlane) {
    await page.fill('#teach-valence', '-0.37');
    await page.press('#teach-valence', 'Enter');
    await page.waitForFunction((row) => globalThis.explorer.app.library.taught.get(row).values.valence === -0.37, id);
  }

  await page.click('#teach-forget');
  await page.waitForFunction((row) => !globalThis.explorer.app.library.taught.has(row), id);
  await page.keyboard.press('Escape');
}

async function looks(page) {
  answers.looks = [];
  await page.fill('#query', request.query);
  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await page.evaluate(() => { document.getElementById('toast').hidden = true; });
  for (const [width, height] of [[1100, 800], [390, 844]]) {
    for (const scheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(250);
      answers.looks.push({
        width, scheme,
        wide: await page.evaluate(() => document.documentElement.scrollWidth),
        plane: await page.evaluate(() => document.getElementById('plane').clientHeight),
        cut: await page.evaluate(() => [...document.querySelectorAll('#head button, #head select, #tools button, #tools select, #tabs button, #sound button, #take button')]
          .filter((each) => each.offsetParent && (each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1))
          .map((each) => each.textContent)),
      });
      if (request.screenshots) await page.screenshot({ path: join(request.screenshots, `${request.name ?? 'explorer'}-${width}-${scheme}.png`) });
    }
  }
}

/** What the page says when nobody answers any more. */
async function lost(context) {
  if (request.address.startsWith('file:')) return;
  const page = await context.newPage();
  await page.route('**/api/events', (route) => route.abort());
  await page.goto(request.address);
  await page.waitForSelector('#lost:not([hidden])');
  answers.lost = await text(page, '#lost');
  await page.close();
}

try {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce', acceptDownloads: true });
  if (request.address.startsWith('file:')) await context.setOffline(true);
  const page = await open(context);
  answers.title = await page.title();
  answers.notes = await page.evaluate(() => document.getElementById('notes').textContent);
  answers.points = await page.evaluate(() => globalThis.explorer.app.foundCount);
  await hoverAndPlay(page);
  await walk(page);
  await find(page);
  await lasso(page);
  answers.table = await take(page, 'table');
  answers.playlist = await take(page, 'playlist');
  await list(page);
  await along(page);
  await similar(page);
  await teach(page);
  await worst(page);
  await upload(page);
  await looks(page);
  await lost(context);
} finally {
  await browser.close();
}

process.stdout.write(JSON.stringify({ ...answers, problems, foreign }));
