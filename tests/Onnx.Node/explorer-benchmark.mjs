// Measures the explorer's page in a browser without a GPU: how soon the points are there, how many frames a second while they move.
//   node explorer-benchmark.mjs ADDRESS [/path/of/chromium] > figures.json
// The figures: { "points", "firstPaintMs", "pan": { "framesPerSecond", "slowestMs" }, "zoom": {…} }, the median of three runs.
import { chromium } from 'playwright-core';

const [address, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const flags = ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--no-first-run', '--disable-background-networking'];
const browser = await chromium.launch({ executablePath, headless: true, args: flags });

/** Lets something happen on every frame for some seconds and counts the frames. */
function frames(kind) {
  const plane = document.getElementById('plane');
  const box = plane.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const fire = (type, clientX, clientY) => plane.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: 'pen', clientX, clientY, button: 0, buttons: 1, bubbles: true, isPrimary: true,
  }));
  const capture = plane.setPointerCapture;
  plane.setPointerCapture = () => {}; // a made-up pointer cannot be captured
  if (kind === 'pan') {
    for (let i = 0; i < 3; i++) plane.dispatchEvent(new WheelEvent('wheel', { deltaY: -90, clientX: x, clientY: y, cancelable: true }));
    fire('pointerdown', x, y);
  }

  return new Promise((resolve) => {
    const times = [];
    const begin = performance.now();
    const step = (now) => {
      times.push(now);
      const phase = (now - begin) / 700;
      if (kind === 'pan') fire('pointermove', x + 120 * Math.sin(phase), y + 90 * Math.cos(1.3 * phase));
      else plane.dispatchEvent(new WheelEvent('wheel', { deltaY: Math.sin(phase) > 0 ? -40 : 40, clientX: x, clientY: y, cancelable: true }));
      if (now - begin < 3000) {
        requestAnimationFrame(step);
        return;
      }

      if (kind === 'pan') fire('pointerup', x, y);
      plane.setPointerCapture = capture;
      const gaps = times.slice(1).map((time, i) => time - times[i]);
      resolve({ framesPerSecond: (1000 * gaps.length) / (times.at(-1) - times[0]), slowestMs: Math.max(...gaps) });
    };
    requestAnimationFrame(step);
  });
}

const runs = [];
try {
  for (let run = 0; run < 3; run++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => {
      const look = () => {
        if (globalThis.explorer?.plane.frames > 0 && document.body.dataset.ready) globalThis.firstPaint = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(address);
    await page.waitForFunction(() => globalThis.firstPaint, null, { timeout: 60_000 });
    runs.push({
      points: await page.evaluate(() => globalThis.explorer.app.foundCount),
      firstPaintMs: await page.evaluate(() => globalThis.firstPaint),
      zoom: await page.evaluate(frames, 'zoom'),
      pan: await page.evaluate(frames, 'pan'),
    });
    await page.close();
  }
} finally {
  await browser.close();
}

const median = (pick) => Math.round(10 * runs.map(pick).sort((a, b) => a - b)[1]) / 10;
process.stdout.write(`${JSON.stringify({
  points: runs[0].points,
  firstPaintMs: median((run) => run.firstPaintMs),
  pan: { framesPerSecond: median((run) => run.pan.framesPerSecond), slowestMs: median((run) => run.pan.slowestMs) },
  zoom: { framesPerSecond: median((run) => run.zoom.framesPerSecond), slowestMs: median((run) => run.zoom.slowestMs) },
}, null, 2)}\n`);
