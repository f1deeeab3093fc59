// Runs examples/electron with a stand-in for Electron and a page of Chromium as its window, and tells what happened.
//   node electron.mjs REQUEST.json > answers.json
// The request: { "browser": "/path/of/chromium", "program": "SerLab", "args": ["model.onnx", "sounds"], "cache": "folder" }
import { readFile } from 'node:fs/promises';
import Module, { createRequire, register } from 'node:module';
import { chromium } from 'playwright-core';
import * as electron from './electron-stand-in.mjs';

const request = JSON.parse(await readFile(process.argv[2], 'utf8'));
const standIn = new URL('./electron-stand-in.mjs', import.meta.url).href;
register(`data:text/javascript,${encodeURIComponent(`export const resolve = (name, context, next) =>
  (name === 'electron' ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(name, context));`)}`);
const load = Module._load;
Module._load = (name, ...rest) => (name === 'electron' ? electron : load(name, ...rest));

Object.assign(process.env, { SERLAB: request.program, SERLAB_CACHE: request.cache });
process.argv = [process.execPath, '.', ...request.args];
console.log = console.error; // the answers alone go to standard output
const { app, seen, BrowserWindow } = electron;
await import('../../examples/electron/main.mjs');
const window = await Promise.race([BrowserWindow.opened, app.ended]);
if (!window) throw new Error(seen.errors.join(' '));

createRequire(import.meta.url)(window.preferences.preload);
const flags = ['--no-sandbox', '--disable-gpu', '--no-proxy-server'];
const browser = await chromium.launch({ executablePath: request.browser, args: flags });
const answers = {};
try {
  const page = await browser.newPage();
  for (const [name, functions] of seen.exposed) {
    for (const [own, does] of Object.entries(functions)) await page.exposeFunction(`${name}_${own}`, does);
    await page.addInitScript(([host, owns]) => {
      globalThis[host] = Object.fromEntries(owns.map((own) => [own, (...values) => globalThis[`${host}_${own}`](...values)]));
    }, [name, Object.keys(functions)]);
  }

  await page.goto(window.address);
  await page.waitForFunction(() => globalThis.explorer?.app.foundCount > 0 && globalThis.explorer.plane.frames > 0);
  answers.path = await page.evaluate(() => {
    const { app: explorer } = globalThis.explorer;
    const [id] = explorer.list();
    explorer.setHover(id);
    const drag = new DragEvent('dragstart', { cancelable: true, dataTransfer: new DataTransfer() });
    document.getElementById('plane').dispatchEvent(drag);
    return explorer.fullPath(id);
  });
  for (const outside of ['/etc/passwd', `${answers.path}${'/..'.repeat(20)}/outside.wav`, 7]) {
    await page.evaluate((path) => globalThis.serlabHost.dragOut(path), outside);
  }

  answers.dragged = seen.dragged;
} finally {
  await browser.close();
}

const leaves = (address) => {
  let prevented = false;
  window.webContents.emit('will-navigate', { preventDefault() { prevented = true; } }, address);
  return !prevented;
};
const mayUse = (permission, requestingUrl) => {
  let answer;
  seen.mayUse(null, permission, (may) => { answer = may; }, { requestingUrl });
  return answer;
};
answers.preferences = window.preferences;
answers.staysHere = leaves(window.address) && !leaves('https://example.org/');
answers.windows = ['https://example.org/', 'file:///etc/passwd'].map((url) => window.webContents.open({ url }).action);
answers.external = seen.external;
answers.microphone = [
  mayUse('media', window.address), mayUse('media', 'https://example.org/'), mayUse('geolocation', window.address),
];
app.quit();
await app.ended;
answers.ended = await fetch(window.address).then(() => false, () => true);
process.stdout.write(JSON.stringify(answers));
