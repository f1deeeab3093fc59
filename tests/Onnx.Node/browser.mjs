// Opens a page in a headless browser, gives it sounds and reads what it shows.
//   node browser.mjs REQUEST.json > answers.json
// The request: { "browser": "/path/of/chromium", "page": "folder of index.html", "model": "model.onnx", "clips": ["a.wav"],
//   "screenshots": "folder, or nothing" }
// The answers: [{ "clip": "a.wav", "shown": { "valence": "0.1", ... }, "status": "what the page says", "bad": false, "doubt": false }]
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { basename, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const request = JSON.parse(await readFile(process.argv[2], 'utf8'));
const here = fileURLToPath(new URL('.', import.meta.url));
const types = { '.html': 'text/html', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

// What any static server does; only that the packages and the model lie elsewhere than beside the page.
const server = createServer(async (asked, answer) => {
  const path = normalize(new URL(asked.url, 'http://localhost').pathname);
  const file = path === '/model-waveform.onnx' ? request.model
    : path.startsWith('/node_modules/') ? join(here, path)
    : join(request.page, path === '/' ? 'index.html' : path);
  try {
    const content = await readFile(file);
    answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(content);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-proxy-server',
];
const browser = await chromium.launch({ executablePath: request.browser, headless: true, args: flags });
const problems = [];
const foreign = [];
const answers = [];
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  const origin = `http://127.0.0.1:${server.address().port}`;
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (asked) => { if (!/^(data|blob):/.test(asked.url()) && !asked.url().startsWith(origin)) foreign.push(asked.url()); });
  await page.goto(origin);
  await page.waitForFunction(() => !document.getElementById('file').disabled || document.querySelector('#status.bad'));
  for (const clip of request.clips) {
    await page.setInputFiles('#file', clip);
    await page.waitForFunction(
      (name) => document.getElementById('answer').dataset.clip === name || document.querySelector('#status.bad'), basename(clip));
    answers.push(await page.evaluate((name) => ({
      clip: name,
      shown: { ...document.getElementById('answer').dataset },
      status: document.getElementById('status').textContent,
      bad: document.getElementById('status').classList.contains('bad'),
      doubt: document.getElementById('doubt').checkVisibility(),
    }), basename(clip)));
    if (request.screenshots) {
      for (const [width, scheme] of [[1100, 'light'], [390, 'light'], [1100, 'dark'], [390, 'dark']]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: join(request.screenshots, `${basename(clip)}-${width}-${scheme}.png`), fullPage: true });
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}

process.stdout.write(JSON.stringify({ answers, problems, foreign }));
