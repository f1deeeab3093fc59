// The plane: joins camera, points, overlay, minimap and pointer.
import { fitted, panned, revealing, seen, toPlane, toScreen, whole, zoomed } from 'explorer/camera';
import { byId, fitCanvas, perFrame } from 'explorer/dom';
import { Grid } from 'explorer/grid';
import { enclosed } from 'explorer/lasso';
import { placesOf } from 'explorer/layout';
import { number } from 'explorer/measures';
import { Minimap } from 'explorer/minimap';
import { drawOverlay } from 'explorer/overlay';
import { mix, rgb } from 'explorer/palette';
import { listen } from 'explorer/pointer';
import { PointLayer, tints } from 'explorer/points';
import { pixel } from 'explorer/splat';
import { neighbour } from 'explorer/walk';

const [mouseReach, fingerReach] = [9, 22];
const mostHalos = 12;

/** Above the pane, for the legend: it must not lie on points. */
const strip = 30;

export class Plane {
  #app;
  #element = byId('plane');
  #canvases = { points: byId('points'), overlay: byId('overlay') };
  #layer = new PointLayer();
  #pane = { left: 0, top: 0, width: 1, height: 1, right: 0, bottom: 0 };
  #camera = whole;
  #lasso = null;
  #dragged = null;
  #seen = { radius: 4, found: 0 };
  #stale = { places: true, tints: true, picture: true, points: true };
  #motion = null;

  constructor(app, teach) {
    this.#app = app;
    this.teach = teach;
    this.tint = 'plain';
    this.minimap = new Minimap(byId('minimap'), (x, y) => this.#look(revealing({ ...this.#camera, x, y }, x, y, 0.5)));
    this.draw = perFrame(() => this.#draw());
    this.overlay = perFrame(() => this.#drawOverlay());
    new ResizeObserver(() => this.#resize()).observe(this.#element);
    listen(this.#element, this.#means());
    this.#element.addEventListener('dragstart', (event) => this.#dragOut(event));
    app.on('rows layout', () => this.#renew({ places: true, tints: true, picture: true }));
    app.on('found', () => this.#renew({ picture: true }));
    app.on('theme tint', () => this.#renew({ tints: true, picture: true, places: true }));
    app.on('selection', () => this.#renew({}));
    app.on('current', () => {
      this.#reveal(app.current);
      this.overlay();
    });
    app.on('hover mode taught', () => this.overlay());
  }

  /** The id at a place of the screen, or -1. */
  hit(left, top, reach = mouseReach) {
    if (!this.grid) return -1;
    const { width, height } = this.#pane;
    const [x, y] = toPlane(this.#camera, this.#pane, left, top);
    const size = Math.max(reach, this.#seen.radius + 3);
    return this.grid.nearest(x, y, size / width / this.#camera.zoom, size / height / this.#camera.zoom, (id) => this.#app.isFound(id));
  }

  /** Where a row is on the element, in CSS pixels: for the card, and for tests. */
  where(id) {
    return this.places && !Number.isNaN(this.places.x[id]) ? toScreen(this.#camera, this.#pane, this.places.x[id], this.places.y[id]) : null;
  }

  /** The camera, for tests and for the benchmark. */
  get camera() {
    return this.#camera;
  }

  step(key, extend) {
    const app = this.#app;
    const from = app.current >= 0 ? app.current : app.list()[0] ?? -1;
    if (from < 0 || !this.places) return;
    const aspect = this.#pane.width / this.#pane.height;
    const to = app.current < 0 ? from : neighbour(this.places, app.library.count, from, key, (id) => app.isFound(id), aspect);
    if (to < 0) {
      app.announce('Nothing farther in this direction.');
      return;
    }

    if (extend) app.selection.add([from, to]);
    app.setCurrent(to, { play: true });
  }

  zoomBy(factor) {
    const { left, top, width, height } = this.#pane;
    const at = this.#app.current >= 0 ? this.where(this.#app.current) : null;
    const inside = at && at[0] >= left && at[0] <= left + width && at[1] >= top && at[1] <= top + height;
    this.#glide(zoomed(this.#camera, this.#pane, factor, ...(inside ? at : [left + width / 2, top + height / 2])));
  }

  pan(right, down) {
    this.#look(panned(this.#camera, this.#pane, right, down));
  }

  whole() {
    this.#glide(whole);
  }

  /** Shows all that is found. */
  fit() {
    let box = [1, 1, 0, 0];
    const { x, y } = this.places;
    for (let id = 0; id < this.#app.library.count; id++) {
      if (!this.#app.isFound(id) || Number.isNaN(x[id])) continue;
      box = [Math.min(box[0], x[id]), Math.min(box[1], y[id]), Math.max(box[2], x[id]), Math.max(box[3], y[id])];
    }

    if (box[0] <= box[2]) this.#glide(fitted(box));
  }

  #means() {
    const app = this.#app;
    return {
      pan: (dx, dy) => this.#look(panned(this.#camera, this.#pane, dx, dy)),
      zoom: (factor, x, y) => this.#look(zoomed(this.#camera, this.#pane, factor, x, y)),
      double: (x, y) => { if (this.hit(x, y) < 0) this.#glide(zoomed(this.#camera, this.#pane, 2, x, y)); },
      hover: (x, y) => app.setHover(x === null ? -1 : this.hit(x, y)),
      click: (x, y, keys, touch) => {
        const id = this.hit(x, y, touch ? fingerReach : mouseReach);
        if (id < 0) return;
        if (keys.shiftKey || keys.ctrlKey || keys.metaKey) {
          app.selection.toggle(id);
          app.setCurrent(id);
        } else {
          app.setCurrent(id, { play: true });
        }
      },
      drag: (x, y, keys) => {
        if (app.mode === 'lasso' || keys.shiftKey) return 'line';
        const id = app.mode === 'teach' ? this.hit(x, y, keys.pointerType === 'touch' ? fingerReach : mouseReach) : -1;
        if (id < 0 || app.library.brought.has(id) || !this.places.across?.measure.target) return 'pan';
        app.setCurrent(id);
        this.#dragged = { id, x: this.places.x[id], y: this.places.y[id] };
        return 'point';
      },
      line: (line, done, keys) => this.#drawLasso(line, done, keys),
      point: (x, y, done, cancelled) => this.#dragPoint(x, y, done, cancelled),
    };
  }

  #drawLasso(line, done, keys) {
    this.#lasso = done ? null : line;
    this.overlay();
    if (!done) return;
    const app = this.#app;
    const path = [];
    for (let i = 0; i < line.length; i += 2) path.push(...toPlane(this.#camera, this.#pane, line[i], line[i + 1]));
    const ids = enclosed(this.grid, path, (id) => app.isFound(id));
    if (keys.shiftKey || keys.ctrlKey || keys.metaKey) app.selection.add(ids);
    else app.selection.set(ids);
    app.announce(`${app.selection.size} selected`);
  }

  #dragPoint(left, top, done, cancelled) {
    const { id } = this.#dragged;
    const [x, y] = toPlane(this.#camera, this.#pane, left, top).map((value) => Math.max(0, Math.min(1, value)));
    this.#dragged = done ? null : { id, x, y };
    if (done && !cancelled) {
      const [lesson, limited] = [{}, []];
      for (const [axis, place] of [[this.places.across, x], [this.places.up, y]]) {
        const { target, name, low, high } = axis?.measure ?? {};
        if (!target) continue;
        const value = axis.value(place);
        lesson[target] = Math.round(100 * Math.max(low, Math.min(high, value))) / 100;
        if (value < low || value > high) limited.push(`${name} ends at ${number(lesson[target])}.`);
      }

      this.teach(id, { values: lesson }, limited.map((sentence) => ` ${sentence}`).join(''));
    }

    this.overlay();
  }

  /** Lets a point be dragged out of the page as a file. */
  #dragOut(event) {
    const app = this.#app;
    const id = app.hover >= 0 ? app.hover : app.current;
    if (id < 0) event.preventDefault();
    else dragFile(app, id, event);
  }

  #renew(stale) {
    Object.assign(this.#stale, stale, { points: true });
    this.draw();
  }

  #look(camera) {
    this.#motion = null;
    this.#set(camera);
  }

  #set(camera) {
    this.#camera = camera;
    this.#app.setHover(-1);
    this.#renew({});
  }

  /** Moves there within a sixth of a second, or at once for those who asked for less motion. */
  #glide(camera) {
    if (this.#app.still.matches) {
      this.#look(camera);
      return;
    }

    const [from, begin] = [this.#camera, performance.now()];
    const motion = {};
    this.#motion = motion;
    const step = (now) => {
      if (this.#motion !== motion) return;
      const share = Math.min(1, Math.max(0, (now - begin) / 160));
      const eased = 1 - (1 - share) ** 3;
      const between = (a, b) => a + (b - a) * eased;
      const zoom = from.zoom * (camera.zoom / from.zoom) ** eased;
      this.#set({ zoom, x: between(from.x, camera.x), y: between(from.y, camera.y) });
      if (share < 1) requestAnimationFrame(step);
      else this.#set(camera);
    };
    requestAnimationFrame(step);
  }

  #reveal(id) {
    if (id < 0 || !this.places || Number.isNaN(this.places.x[id] ?? NaN)) return;
    const camera = revealing(this.#camera, this.places.x[id], this.places.y[id]);
    if (camera.x !== this.#camera.x || camera.y !== this.#camera.y) this.#glide(camera);
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (width === 0 || height === 0) return;
    this.#measurePane(width, height);
    this.#renew({});
  }

  #measurePane(width, height) {
    const small = width < 480;
    const [left, right, top, bottom] = this.#app.layout.kind === 'classes' ? [8, 8, strip, 8]
      : [this.#app.layout.kind === 'strip' ? 16 : small ? 50 : 62, small ? 8 : 16, strip, small ? 42 : 50];
    this.#pane = { left, right, top, bottom, width: width - left - right, height: height - top - bottom };
    this.small = small;
  }

  #refresh() {
    const app = this.#app;
    const { library, theme } = app;
    if (this.#stale.places) {
      this.#measurePane(this.#element.clientWidth, this.#element.clientHeight);
      this.places = placesOf(library, app.layout);
      this.places.regions?.forEach((region, i) => { region.tint = pixel(rgb(mix(theme.plane, theme.kinds[i % theme.kinds.length], 0.13))); });
      this.grid = new Grid(this.places.x, this.places.y, library.count);
      this.#label();
    }

    if (this.#stale.tints) this.colors = tints(library, theme, this.tint, app.measures);
    if (this.#stale.picture) this.minimap.picture(this.places, app.mask, theme);
    this.#stale = { places: false, tints: false, picture: false, points: false };
  }

  #label() {
    const app = this.#app;
    for (const [direction, axis] of [['across', this.places.across], ['up', this.places.up]]) {
      const words = this.#element.querySelector(`.axis-words.${direction}`);
      words.hidden = !axis;
      if (!axis) continue;
      if (direction === 'across') words.style.left = `${this.#pane.left}px`;
      const [low, high] = axis.measure.poles;
      [low, axis.measure.name, high].forEach((word, i) => { words.children[i].textContent = word; });
    }

    byId('caption').hidden = app.layout.kind === 'plane';
    byId('caption').textContent = app.layout.kind === 'strip' ? 'Height only keeps the points apart.'
      : 'Large regions are likely emotions. Sure answers lie in the middle, doubtful ones towards the runner-up.';
    const kinds = { plane: 'plane', strip: 'strip', classes: 'regions of emotions' };
    const axes = [this.places.across, this.places.up].filter(Boolean)
      .map(({ measure }, i) => `${measure.poles[0]} to ${measure.poles[1]} ${i === 0 ? 'from left to right' : 'from bottom to top'}`);
    this.#element.setAttribute('aria-label', `The ${kinds[app.layout.kind]} of sounds${axes.length ? `: ${axes.join(', ')}` : ''}`);
  }

  #scene() {
    const app = this.#app;
    const { library } = app;
    const familiar = library.column('familiarity');
    return {
      library, places: this.places, grid: this.grid, camera: this.#camera, pane: this.#pane, mask: app.mask, colors: this.colors,
      selection: app.selection, theme: app.theme, mode: app.mode, current: app.current, hover: app.hover, lasso: this.#lasso,
      dragged: this.#dragged, radius: this.#seen.radius, small: this.small, pulse: this.pulse ?? 0,
      fullness: familiar && ((id) => 0.22 + 0.78 * Math.max(0, Math.min(1, familiar[id]))),
      halos: library.column('interval') && this.#seen.found <= mostHalos ? this.#visible() : null,
    };
  }

  #visible() {
    const ids = [];
    this.grid.within(seen(this.#camera), (id) => { if (this.#app.isFound(id)) ids.push(id); });
    return ids.length <= mostHalos ? ids : null;
  }

  #draw() {
    const { width, height } = this.#element.getBoundingClientRect();
    if (width === 0 || height === 0 || this.#app.mask.length < this.#app.library.count) return;
    this.#refresh();
    const { ratio } = fitCanvas(this.#canvases.points, width, height);
    this.#seen = this.#layer.draw(this.#canvases.points, ratio, this.#scene());
    this.minimap.draw(this.#camera, this.#app.theme);
    this.#drawOverlay();
    this.frames = (this.frames ?? 0) + 1;
  }

  #drawOverlay() {
    const { width, height } = this.#element.getBoundingClientRect();
    if (width === 0 || !this.places) return;
    const { context } = fitCanvas(this.#canvases.overlay, width, height);
    drawOverlay(context, this.#scene());
    this.#placeHandle();
  }

  /** A handle over the hovered point, which the browser can drag out of the page as a file. */
  #placeHandle() {
    const app = this.#app;
    const handle = byId('handle');
    const at = app.hover >= 0 && app.mode === 'move' ? this.where(app.hover) : null;
    handle.hidden = !at;
    handle.draggable = Boolean(at);
    if (at) handle.style.transform = `translate(${at[0] - 10}px, ${at[1] - 10}px)`;
    this.#element.classList.toggle('over', app.hover >= 0);
  }
}

/** Fills a drag with a sound: as a file where the browser or the surrounding program takes it, else as path and address. */
export function dragFile(app, id, event) {
  if (globalThis.serlabHost?.dragOut && app.state.root) {
    event.preventDefault();
    globalThis.serlabHost.dragOut(app.fullPath(id));
    return;
  }

  const address = app.source.file(id);
  event.dataTransfer.effectAllowed = 'copy';
  event.dataTransfer.setData('DownloadURL', `application/octet-stream:${app.library.name(id).replaceAll(':', '_')}:${address}`);
  event.dataTransfer.setData('text/uri-list', address);
  event.dataTransfer.setData('text/plain', app.fullPath(id));
}
