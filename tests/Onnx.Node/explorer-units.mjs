// Tests the explorer's pure modules in Node.js: no browser, no package.
//   node explorer-units.mjs > results.json
// The results: [{ "name": "what holds", "error": "why not, or nothing" }]
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { axisOf } from '../../src/Explorer/Page/axis.mjs';
import { fitted, panned, revealing, seen, toPlane, toScreen, whole, zoomed } from '../../src/Explorer/Page/camera.mjs';
import { placeInRegion, regionsOf } from '../../src/Explorer/Page/classes.mjs';
import { field, float, playlist, table } from '../../src/Explorer/Page/csv.mjs';
import { byMatch, found, sorted } from '../../src/Explorer/Page/filter.mjs';
import { Grid } from '../../src/Explorer/Page/grid.mjs';
import { enclosed, encloses } from '../../src/Explorer/Page/lasso.mjs';
import { naturalLayout, placesOf } from '../../src/Explorer/Page/layout.mjs';
import { Library } from '../../src/Explorer/Page/library.mjs';
import { duration, histogram, measuresOf, number, quantiles } from '../../src/Explorer/Page/measures.mjs';
import { along, contrast, mix, rgb, themes } from '../../src/Explorer/Page/palette.mjs';
import { meaning, nearest, parse, vocabulary } from '../../src/Explorer/Page/query.mjs';
import { Pixels, maskOf, pixel } from '../../src/Explorer/Page/splat.mjs';
import { neighbour } from '../../src/Explorer/Page/walk.mjs';
import { encodeWav } from '../../src/Explorer/Page/wav.mjs';
import { inWords, poles } from '../../src/Explorer/Page/words.mjs';

globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
const { App } = await import('../../src/Explorer/Page/app.mjs');

const page = new URL('../../src/Explorer/Page/', import.meta.url);
const results = [];

async function test(name, body) {
  try {
    await body();
    results.push({ name, error: null });
  } catch (error) {
    results.push({ name, error: String(error.message ?? error) });
  }
}

/** Numbers from 0 to 1, the same every time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const plane = {
  targets: [{ name: 'valence', low: -1, high: 1 }, { name: 'arousal', low: -1, high: 1 }],
  classes: [],
  doubts: { intervals: [], sets: false, familiarity: false },
};
const emotions = { targets: [], classes: ['angry', 'calm', 'sad'], doubts: { intervals: [], sets: true, familiarity: true } };

function sounds(count = 300, seed = 1) {
  const next = random(seed);
  const library = new Library(plane);
  const column = (value) => Array.from({ length: count }, value);
  library.apply({
    id: column((_, i) => i),
    path: column((_, i) => `${i % 3 === 0 ? 'Rain' : 'wind'}/take ${i}.wav`),
    seconds: column(() => 1 + 30 * next()),
    loudness: column(() => -60 + 50 * next()),
    brightness: column(() => 100 + 5000 * next()),
    values: { valence: column(() => 2 * next() - 1), arousal: column(() => 2 * next() - 1) },
  });
  return library;
}

await test('a place of the screen comes back from the plane', () => {
  const next = random(7);
  const pane = { left: 40, top: 10, width: 700, height: 500 };
  for (let i = 0; i < 200; i++) {
    const camera = zoomed(panned(zoomed(whole, pane, 1 + 9 * next(), 700 * next(), 500 * next()), pane, 99 * next(), 99 * next()), pane, 2, 9, 9);
    const [x, y] = [next(), next()];
    const [left, top] = toScreen(camera, pane, x, y);
    const back = toPlane(camera, pane, left, top);
    assert.ok(Math.abs(back[0] - x) < 1e-9 && Math.abs(back[1] - y) < 1e-9);
  }
});

await test('zooming leaves the place under the pointer where it is', () => {
  const pane = { left: 0, top: 0, width: 400, height: 300 };
  const camera = zoomed(whole, pane, 3, 200, 150);
  const before = toPlane(camera, pane, 130, 90);
  const after = toPlane(zoomed(camera, pane, 2.5, 130, 90), pane, 130, 90);
  assert.ok(Math.hypot(before[0] - after[0], before[1] - after[1]) < 1e-9);
});

await test('the camera never leaves the plane', () => {
  const pane = { left: 0, top: 0, width: 400, height: 300 };
  const next = random(3);
  let camera = whole;
  for (let i = 0; i < 500; i++) {
    camera = next() < 0.5 ? panned(camera, pane, 900 * (next() - 0.5), 900 * (next() - 0.5)) : zoomed(camera, pane, 0.3 + 2 * next(), 400 * next(), 300 * next());
    const box = seen(camera);
    assert.ok(box[0] >= -1e-9 && box[1] >= -1e-9 && box[2] <= 1 + 1e-9 && box[3] <= 1 + 1e-9);
  }
});

await test('a box that is fitted is seen, and a place that is revealed too', () => {
  const camera = fitted([0.6, 0.2, 0.8, 0.3]);
  const box = seen(camera);
  assert.ok(box[0] <= 0.6 && box[1] <= 0.2 && box[2] >= 0.8 && box[3] >= 0.3);
  const [left, bottom, right, top] = seen(revealing(camera, 0.1, 0.9));
  assert.ok(left <= 0.1 && right >= 0.1 && bottom <= 0.9 && top >= 0.9);
});

await test('the grid finds what looking at every point finds', () => {
  const next = random(11);
  const [x, y] = [Float32Array.from({ length: 2000 }, next), Float32Array.from({ length: 2000 }, next)];
  x[17] = NaN;
  const grid = new Grid(x, y, 2000);
  for (let k = 0; k < 200; k++) {
    const [px, py, reach] = [next(), next(), 0.002 + 0.05 * next()];
    const isEven = (i) => i % 2 === 0;
    let [best, least] = [-1, 1];
    for (let i = 0; i < 2000; i += 2) {
      const far = ((x[i] - px) / reach) ** 2 + ((y[i] - py) / reach) ** 2;
      if (far < least) [best, least] = [i, far];
    }

    assert.equal(grid.nearest(px, py, reach, reach, isEven), best);
  }
});

await test('a walk reaches the nearest point within 45 degrees, also of points on one place', () => {
  const places = { x: Float32Array.from([0.5, 0.6, 0.7, 0.5, 0.5]), y: Float32Array.from([0.5, 0.52, 0.5, 0.8, 0.5]) };
  const all = () => true;
  assert.equal(neighbour(places, 5, 0, 'ArrowRight', (i) => i !== 4), 1);
  assert.equal(neighbour(places, 5, 0, 'ArrowUp', (i) => i !== 4), 3);
  assert.equal(neighbour(places, 5, 0, 'ArrowLeft', (i) => i !== 4), -1);
  assert.equal(neighbour(places, 5, 0, 'ArrowRight', all), 4);
  assert.equal(neighbour(places, 5, 4, 'ArrowLeft', all), 0);
});

await test('walking right visits every point of a row once', () => {
  const next = random(5);
  const x = Float32Array.from({ length: 60 }, next);
  const places = { x, y: new Float32Array(60).fill(0.5) };
  let at = x.indexOf(Math.min(...x));
  const visited = [at];
  for (let to; (to = neighbour(places, 60, at, 'ArrowRight', () => true)) >= 0; at = to) visited.push(to);
  assert.equal(new Set(visited).size, 60);
});

await test('a lasso takes what lies within it, by the even-odd rule', () => {
  const square = [0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8];
  assert.ok(encloses(square, 0.5, 0.5));
  assert.ok(!encloses(square, 0.9, 0.5));
  const grid = new Grid(Float32Array.from([0.1, 0.5, 0.7, 0.95]), Float32Array.from([0.5, 0.5, 0.3, 0.5]), 4);
  assert.deepEqual(enclosed(grid, square, () => true), [1, 2]);
  assert.deepEqual(enclosed(grid, square, (i) => i !== 2), [1]);
  assert.deepEqual(enclosed(grid, [0.1, 0.1], () => true), []);
});

await test('words become conditions that the sounds they find fulfil', () => {
  const library = sounds();
  const measures = measuresOf(library);
  const ids = (text) => {
    const { mask } = found(library, { conditions: parse(text, measures) });
    return library.ids().filter((id) => mask[id]);
  };
  const [lowArousal] = quantiles(library, 'value:arousal', [1 / 3]);
  const [highValence] = quantiles(library, 'value:valence', [2 / 3]);
  const expected = library.ids().filter((id) => library.at('value:arousal', id) <= lowArousal && library.at('value:valence', id) >= highValence
    && library.at('seconds', id) <= 10);
  assert.ok(expected.length > 3);
  assert.deepEqual(ids('calm, pleasant, under ten seconds'), expected);
  assert.deepEqual(ids('serene < 10 s'), expected);
  assert.deepEqual(ids('rain'), library.ids().filter((id) => id % 3 === 0));
  assert.deepEqual(ids('-rain'), library.ids().filter((id) => id % 3 !== 0));
  assert.deepEqual(ids('not rain'), ids('-rain'));
  assert.deepEqual(ids('rain over 20 s'), library.ids().filter((id) => id % 3 === 0 && library.at('seconds', id) >= 20));
  assert.ok(ids('very calm').length < ids('calm').length);
  assert.deepEqual(ids('"calm"'), []);
  assert.equal(ids('').length, 300);
});

await test('a word that means nothing is text, and every condition says what it means', () => {
  const measures = measuresOf(sounds());
  const [under, text, loud] = parse('under the bridge, loud', measures).slice(-3);
  assert.deepEqual([under, text].map(({ kind }) => kind), ['text', 'text']);
  assert.equal(meaning(loud, () => -20), 'loud: the highest third in loudness, from −20 dB');
  assert.equal(meaning(parse('under 1 min', measures)[0], () => NaN), 'Duration up to 1:00 min');
  assert.deepEqual(parse('Angry', measures, ['angry'])[0].kind, 'class');
});

await test('every suggested word means something, and every corner of the plane has one', () => {
  const measures = measuresOf(sounds());
  const words = vocabulary(measures);
  assert.deepEqual(words.slice(0, 5), ['tense', 'happy', 'sad', 'serene', 'unpleasant']);
  for (const word of words) assert.ok(parse(word, measures).every(({ kind }) => kind === 'measure'), word);
});

await test('limits are written in many ways', () => {
  const measures = measuresOf(sounds());
  const limit = (text) => {
    const conditions = parse(text, measures);
    assert.deepEqual(conditions.map(({ kind }) => kind), ['limit'], text);
    return [conditions[0].measure.key, conditions[0].min, conditions[0].max];
  };
  for (const [text, ...expected] of [
    ['under 500 ms', 'seconds', undefined, 0.5], ['under 0:10', 'seconds', undefined, 10], ['over 1:02:03', 'seconds', 3723, undefined],
    ['between 2 and 4 s', 'seconds', 2, 4], ['between two and 4 s', 'seconds', 2, 4], ['from 500 ms to 2 s', 'seconds', 0.5, 2],
    ['2 to 4 s', 'seconds', 2, 4], ['2-4 s', 'seconds', 2, 4], ['2 – 4 min', 'seconds', 120, 240], ['10 s or less', 'seconds', undefined, 10],
    ['half minute or longer', 'seconds', 30, undefined], ['<10', 'seconds', undefined, 10], ['>= 1.5 s', 'seconds', 1.5, undefined],
    ['over 2 kHz', 'brightness', 2000, undefined], ['between -30 and -20 dB', 'loudness', -30, -20], ['under −20 dB', 'loudness', undefined, -20],
  ]) assert.deepEqual(limit(text), expected, text);
  for (const text of ['take 2-4', 'under the bridge', 'over 5 parsecs', '1:30', 'from here to 4']) {
    assert.ok(parse(text, measures).every(({ kind }) => kind !== 'limit') || text === 'over 5 parsecs', text);
  }

  assert.deepEqual(parse('calm between 2 and 4 s rain', measures).map(({ kind }) => kind), ['limit', 'measure', 'text']);
  assert.equal(meaning(parse('2 to 4 s', measures)[0], () => NaN), 'Duration from 2.0 s to 4.0 s');
});

await test('"not" leaves out what a word would find', () => {
  const library = sounds();
  const measures = measuresOf(library);
  const mask = (text) => found(library, { conditions: parse(text, measures, []) }).mask;
  for (const word of ['loud', 'very loud', 'tense', 'rain', '"take 1"']) {
    const [with_, without] = [mask(word), mask(`${word.startsWith('"') ? '-' : 'not '}${word}`)];
    assert.ok(library.ids().every((id) => with_[id] !== without[id]), word);
    assert.ok(library.ids().some((id) => with_[id]), word);
  }
});

await test('a word that is nearly one that is known is recognised, and others are not', () => {
  const measures = measuresOf(sounds());
  for (const [wrong, right] of [['plesant', 'pleasant'], ['clam', 'calm'], ['lout', 'loud'], ['relaxng', 'relaxing'], ['anrgy', 'angry']]) {
    assert.equal(nearest(wrong, measures, ['Angry']), right);
  }

  for (const word of ['wind', 'thunderstorm', 'x']) assert.equal(nearest(word, measures), undefined);
});

await test('the next in the list follows where the current one was, even when it has gone', () => {
  const app = new App({}, { model: plane });
  const path = ['a', 'b', 'c', 'd'];
  app.take({ id: [0, 1, 2, 3], path, values: { valence: [0, 0, 0, 0], arousal: [0, 0, 0, 0] } });
  assert.equal(app.after(1), 0);
  app.setCurrent(1);
  assert.deepEqual([app.after(1), app.after(-1), app.after(3)], [2, 0, -1]);
  app.take({ gone: [1] });
  assert.equal(app.current, -1);
  assert.deepEqual([app.after(1), app.after(-1)], [2, 0]);
  app.setText('d');
  assert.equal(app.after(1), 3);
});

await test('what fits every word best comes first', () => {
  const library = new Library(plane);
  library.apply({ id: [0, 1, 2], path: ['a', 'b', 'c'], values: { valence: [0.1, 0.9, 0.8], arousal: [-0.9, -0.7, -0.8] } });
  const conditions = parse('calm, pleasant', measuresOf(library));
  assert.deepEqual(byMatch(library, [0, 1, 2], conditions).slice(0, 1), [2]);
  assert.deepEqual(byMatch(library, [0, 1, 2], parse('calm', measuresOf(library))), [0, 2, 1]);
});

await test('ranges, groups and a given set narrow together', () => {
  const library = sounds();
  const { mask, count } = found(library, { ranges: new Map([['value:valence', [0, Infinity]]]), only: new Set([1, 2, 3, 4, 5, 6]) });
  assert.equal(count, [1, 2, 3, 4, 5, 6].filter((id) => library.at('value:valence', id) >= 0).length);
  assert.equal(mask.reduce((sum, each) => sum + each, 0), count);
});

await test('sorting puts rows without a value last, both ways', () => {
  const library = sounds(5);
  library.column('seconds')[2] = NaN;
  assert.equal(sorted(library, [0, 1, 2, 3, 4], { key: 'seconds', descending: false }).at(-1), 2);
  assert.equal(sorted(library, [0, 1, 2, 3, 4], { key: 'seconds', descending: true }).at(-1), 2);
});

await test('rows that change, come later or go are taken over', () => {
  const library = sounds(3);
  library.apply({ id: [1, 900], path: ['new/a.wav', 'b.wav'], seconds: [4, 5], values: { valence: [0.5, null], arousal: [0, 0] }, gone: [2] });
  assert.deepEqual(library.ids(), [0, 1, 900]);
  assert.equal(library.name(1), 'a.wav');
  assert.equal(library.at('value:valence', 1), 0.5);
  assert.ok(Number.isNaN(library.at('value:valence', 900)));
  assert.ok(!Number.isNaN(library.at('value:valence', 0)));
});

await test('the error of a run is the distance from truth to prediction', () => {
  const library = new Library(plane);
  library.apply({ id: [0], path: ['a'], values: { valence: [0.3], arousal: [0.4] }, truth: { valence: [0], arousal: [0] }, group: ['x'], fold: [1] });
  assert.ok(Math.abs(library.at('error', 0) - 0.5) < 1e-12);
});

await test('regions tile the pane in the size of their probability, and every sound lies in its own', () => {
  const next = random(9);
  const library = new Library(emotions);
  const rows = Array.from({ length: 200 }, () => {
    const parts = emotions.classes.map((_, k) => next() * (k + 1));
    const sum = parts.reduce((a, b) => a + b);
    return parts.map((part) => part / sum);
  });
  library.apply({
    id: rows.map((_, i) => i), path: rows.map(String),
    label: rows.map((row) => emotions.classes[row.indexOf(Math.max(...row))]),
    probabilities: Object.fromEntries(emotions.classes.map((label, k) => [label, rows.map((row) => row[k])])),
  });
  const regions = regionsOf(library);
  const area = ({ width, height }) => width * height;
  assert.ok(Math.abs(regions.reduce((sum, region) => sum + area(region), 0) - 1) < 1e-9);
  for (const region of regions) assert.ok(Math.abs(area(region) - region.share) < 0.02);
  for (const id of library.ids()) {
    const own = regions.find(({ label }) => label === library.label[id]);
    const [x, y] = placeInRegion(library, regions, id);
    assert.ok(x > own.left && x < own.left + own.width && y > own.bottom && y < own.bottom + own.height);
  }

  assert.equal(naturalLayout(emotions, measuresOf(library)).kind, 'classes');
});

await test('valence lies across and arousal up, whatever their order; one target makes a strip', () => {
  const library = sounds();
  const turned = { ...plane, targets: [...plane.targets].reverse() };
  library.model = turned;
  const layout = naturalLayout(turned, measuresOf(library));
  assert.deepEqual([layout.across.target, layout.up.target], ['valence', 'arousal']);
  const places = placesOf(library, layout);
  for (const id of library.ids()) assert.ok(Math.abs(places.across.value(places.x[id]) - library.at('value:valence', id)) < 1e-5);
  assert.ok(places.across.ticks(0, 1).includes(0));
  library.model = { targets: [plane.targets[1]], classes: [] };
  assert.equal(naturalLayout(library.model, measuresOf(library)).kind, 'strip');
});

await test('numbers, lengths and words read as people write them', () => {
  assert.deepEqual([number(-0.5), number(NaN), duration(4.25), duration(59.97), duration(61), duration(3725)],
    ['−0.50', '–', '4.3 s', '1:00 min', '1:01 min', '1:02:05 h']);
  assert.equal(inWords(plane.targets[0], 0.8), 'very pleasant');
  assert.equal(inWords(plane.targets[1], -0.4), 'calm');
  assert.equal(inWords(plane.targets[1], 0.01), 'neither calm nor stirring');
  assert.deepEqual(poles('valence'), ['unpleasant', 'pleasant']);
});

await test('a histogram counts every row once', () => {
  const library = sounds();
  for (const measure of measuresOf(library)) {
    const counts = histogram(library, measure, [0.5, 40], 20);
    assert.equal(counts.reduce((a, b) => a + b, 0), 300);
  }
});

await test('tables are written as predict writes them', () => {
  assert.deepEqual([0.1, -0, 1, 0.00001234, 12345678, NaN].map(float), ['0.1', '-0', '1', '1.234E-05', '1.2345678E+07', 'NaN']);
  assert.deepEqual(['a', 'a,b', 'say "x"', ' a', 'a b'].map(field), ['a', '"a,b"', '"say ""x"""', '" a"', 'a b']);
  assert.deepEqual(['=1', '@x', '+a', '-1e-05', "'=1", "'a'"].map(field), ["'=1", "'@x", "'+a", '-1e-05', "''=1", "'a'"]);
  const library = new Library(plane);
  library.apply({ id: [0, 1], path: ['a.wav', 'x,y.wav'], seconds: [2.4, 3], values: { valence: [0.25, -1], arousal: [0.5, 0] } });
  assert.equal(table(library, [1, 0]), 'clip,valence,arousal\n"x,y.wav",-1,0\na.wav,0.25,0.5\n');
  assert.equal(playlist(library, [0], (id) => `sounds/${id}`), '#EXTM3U\n#EXTINF:2,a.wav\nsounds/0\n');
});

await test('tables end with how sure the model is', () => {
  const sure = new Library({ ...plane, doubts: { intervals: ['valence'], sets: false, familiarity: true } });
  sure.apply({
    id: [0], path: ['a.wav'], values: { valence: [0.25], arousal: [0.5] }, low: { valence: [0] }, high: { valence: [1] },
    familiarity: [0.75],
  });
  assert.equal(table(sure, [0]), 'clip,valence,arousal,valence_low,valence_high,familiarity\na.wav,0.25,0.5,0,1,0.75\n');

  const [first, second] = emotions.classes;
  const classes = new Library({ ...emotions, classes: [first, second] });
  classes.apply({
    id: [0], path: ['a.wav'], label: [first], probabilities: { [first]: [0.75], [second]: [0.25] }, mayBe: [[first, second]],
    familiarity: [0.5],
  });
  assert.equal(classes.mayBe[0], `${first}, ${second}`);
  assert.equal(
    table(classes, [0]),
    `clip,label,p_${first},p_${second},prediction_set,familiarity\na.wav,${first},0.75,0.25,${first}|${second},0.5\n`);
});

await test('a sound far off its scale lies at the edge and squeezes nobody', () => {
  const library = new Library(plane);
  library.apply({ id: [0, 1, 2], path: ['a', 'b', 'c'], values: { valence: [-0.5, 0.5, 40], arousal: [0, 0, 0] } });
  const axis = axisOf(library, measuresOf(library).find(({ key }) => key === 'value:valence'));
  assert.ok(axis.place(0.5) - axis.place(-0.5) > 0.3);
  assert.ok(axis.place(40) <= 1 && axis.place(40) > axis.place(1));
});

await test('a strange sound is as doubtful as can be, however narrow its interval', () => {
  const library = new Library({ ...plane, doubts: { intervals: ['valence'], sets: false, familiarity: true, unfamiliar: 0.05 } });
  library.apply({
    id: [0, 1], path: ['a', 'b'], values: { valence: [1, 0], arousal: [0, 0] }, low: { valence: [0.9, -0.3] },
    high: { valence: [1, 0.3] }, familiarity: [0.01, 0.6],
  });
  assert.equal(library.at('interval', 0), 2);
  assert.ok(Math.abs(library.at('interval', 1) - 0.6) < 1e-12);
});

await test('a WAV file holds its samples', () => {
  const view = new DataView(encodeWav(Float32Array.from([0, 0.5, -1, 2]), 8000));
  assert.equal(view.byteLength, 52);
  assert.equal(view.getUint32(24, true), 8000);
  assert.deepEqual([0, 1, 2, 3].map((i) => view.getInt16(44 + 2 * i, true)), [0, 16384, -32768, 32767]);
});

await test('a disc covers its area, mixes its colour and stays on the surface', () => {
  const pixels = new Pixels(40, 40);
  const [black, white] = [pixel([0, 0, 0]), pixel([255, 255, 255])];
  for (const radius of [1.5, 3, 6]) {
    pixels.clear(black);
    pixels.disc(maskOf(radius), white, 256, 20.3, 19.6);
    const sum = pixels.words.reduce((total, word) => total + (word & 255) / 255, 0);
    assert.ok(Math.abs(sum / (Math.PI * radius * radius) - 1) < 0.06, `radius ${radius}: ${sum}`);
  }

  pixels.clear(black);
  pixels.disc(maskOf(5), pixel([200, 100, 40]), 128, 20, 20);
  const middle = pixels.words[20 * 40 + 20];
  [100, 50, 20].forEach((expected, i) => assert.ok(Math.abs(((middle >> (8 * i)) & 255) - expected) <= 1));
  for (const [x, y] of [[-3, -3], [43, 20], [20, 43], [0, 39.9]]) pixels.disc(maskOf(6), white, 256, x, y);
  assert.equal(pixels.words.length, 1600);
});

await test('no text has less than 4.5 to 1 contrast, no drawn thing less than 3 to 1', () => {
  assert.ok(Math.abs(contrast('#ffffff', '#000000') - 21) < 1e-9);
  const low = [];
  for (const [name, theme] of Object.entries(themes)) {
    const grounds = [theme.page, theme.panel, theme.plane, mix(theme.panel, theme.accent, 0.11), mix(theme.panel, theme.current, 0.13),
      ...theme.kinds.map((kind) => mix(theme.plane, kind, 0.13))];
    for (const text of ['ink', 'soft', 'accent', 'taught', 'bad']) {
      for (const ground of grounds) {
        if (contrast(theme[text], ground) < 4.5) low.push(`${name} ${text} on ${ground}: ${contrast(theme[text], ground).toFixed(2)}`);
      }
    }

    for (const [text, ground] of [[theme.onAccent, theme.accent], [theme.note, theme.notePage], [theme.panel, theme.ink]]) {
      if (contrast(text, ground) < 4.5) low.push(`${name} ${text} on ${ground}`);
    }

    for (const drawn of [theme.point, theme.current, theme.selected, ...theme.kinds]) {
      if (contrast(drawn, theme.plane) < 3) low.push(`${name} ${drawn} on the plane: ${contrast(drawn, theme.plane).toFixed(2)}`);
    }
  }

  assert.deepEqual(low, []);
});

await test('colours of kinds differ for people who see two primaries', () => {
  // Viénot, Brettel and Mollon (1999): what protanopes and deuteranopes see, on linear red, green and blue.
  const linear = (hex) => rgb(hex).map((value) => (value / 255) ** 2.2);
  const bright = (value) => Math.max(0, value) ** (1 / 2.2);
  const views = {
    protanope: ([r, g, b]) => [0.1124 * r + 0.8876 * g, 0.1124 * r + 0.8876 * g, 0.004 * r - 0.004 * g + b],
    deuteranope: ([r, g, b]) => [0.2928 * r + 0.7072 * g, 0.2928 * r + 0.7072 * g, -0.0223 * r + 0.0223 * g + b],
  };
  for (const theme of Object.values(themes)) {
    for (const view of Object.values(views)) {
      const point = view(linear(theme.point));
      const current = view(linear(theme.current));
      assert.ok(Math.hypot(...point.map((value, i) => bright(value) - bright(current[i]))) > 0.15);
    }
  }
});

await test('a ramp goes steadily from light to dark or back', () => {
  for (const theme of Object.values(themes)) {
    const steps = Array.from({ length: 20 }, (_, i) => contrast(along(theme.ramp, i / 19), '#000000'));
    const signs = new Set(steps.slice(1).map((value, i) => Math.sign(value - steps[i])));
    assert.equal(signs.size, 1);
  }
});

await test('the style sheet has the palette that the contrasts are computed of', async () => {
  const css = await readFile(new URL('explorer.css', page), 'utf8');
  const [light, dark] = [css.slice(0, css.indexOf('prefers-color-scheme: dark')), css.slice(css.indexOf('prefers-color-scheme: dark'))];
  const names = { page: 'page', panel: 'panel', plane: 'plane', ink: 'ink', soft: 'soft', line: 'line', accent: 'accent', onAccent: 'on-accent',
    point: 'point', current: 'current', taught: 'taught', note: 'note', notePage: 'note-page', bad: 'bad' };
  for (const [theme, text] of [[themes.light, light], [themes.dark, dark]]) {
    for (const [key, name] of Object.entries(names)) assert.ok(text.includes(`--${name}: ${theme[key]};`), `--${name}: ${theme[key]}`);
    theme.kinds.forEach((kind, i) => assert.ok(text.includes(`--kind-${i}: ${kind};`), `--kind-${i}: ${kind}`));
  }
});

await test('the import map names every module that a module asks for, and each is there', async () => {
  const html = await readFile(new URL('index.html', page), 'utf8');
  const { imports } = JSON.parse(/<script type="importmap">([^]*?)<\/script>/.exec(html)[1]);
  for (const [name, address] of Object.entries(imports)) {
    const text = await readFile(new URL(address, page), 'utf8');
    for (const [, asked] of text.matchAll(/from '(.*?)';/g)) assert.ok(imports[asked], `${name} asks for ${asked}`);
    assert.ok(!text.includes('innerHTML') && !text.includes('outerHTML'), `${name} writes markup`);
  }

  assert.ok(!/https?:/.test(html), 'the page names an address elsewhere');
});

process.stdout.write(JSON.stringify(results));
