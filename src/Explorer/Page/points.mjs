// The layer of points: what is seen of 100,000 rows, written into pixels.
import { seen, toScreen } from 'explorer/camera';
import { along, rgb } from 'explorer/palette';
import { rangeOf, scaleOf } from 'explorer/measures';
import { Pixels, maskOf, pixel } from 'explorer/splat';

/** The kinds among which a tint tells, in the order of their colours; none where it tells how much. */
export function kindsOf(library, tint) {
  if (tint === 'group') return [...new Set(library.group.filter((group) => group !== undefined))].sort();
  return tint === 'label' || tint === 'trueLabel' ? library.model.classes : null;
}

/** The colour of every row, as a pixel: all alike, by class, by group, or along a ramp by a measure. */
export function tints(library, theme, tint, measures) {
  const colors = new Uint32Array(library.count).fill(pixel(rgb(theme.point)));
  const kinds = kindsOf(library, tint);
  if (kinds) {
    const pixels = new Map(kinds.map((kind, i) => [kind, pixel(rgb(theme.kinds[i % theme.kinds.length]))]));
    for (let id = 0; id < library.count; id++) colors[id] = pixels.get(library[tint][id]) ?? colors[id];
    return colors;
  }

  const measure = measures.find(({ key }) => key === tint);
  const range = measure && rangeOf(library, measure.key);
  if (!range) return colors;
  const scale = scaleOf(measure);
  const [low, high] = range.map(scale.forth);
  const ramp = Array.from({ length: 64 }, (_, i) => pixel(rgb(along(theme.ramp, i / 63))));
  const column = library.column(measure.key);
  for (let id = 0; id < library.count; id++) {
    const share = (scale.forth(column[id]) - low) / (high - low || 1);
    if (Number.isFinite(share)) colors[id] = ramp[Math.round(63 * Math.max(0, Math.min(1, share)))];
  }

  return colors;
}

/** The radius of points in CSS pixels: the fewer are seen, the larger, so that a zoom spreads and grows them. */
export function radiusFor(area, count) {
  return Math.max(1.5, Math.min(6, 0.2 * Math.sqrt(area / Math.max(1, count))));
}

export class PointLayer {
  #pixels = new Pixels(1, 1);
  #image;
  #shown = new Uint32Array(0);

  /** Draws onto a canvas. @param scene { library, places, grid, camera, pane, mask, colors, selection, theme, taught } */
  draw(canvas, ratio, scene) {
    const { width, height } = canvas;
    if (this.#pixels.width !== width || this.#pixels.height !== height) {
      this.#pixels = new Pixels(width, height);
      this.#image = new ImageData(this.#pixels.bytes, width, height);
    }

    const pane = Object.fromEntries(Object.entries(scene.pane).map(([key, value]) => [key, value * ratio]));
    this.#ground(scene, pane);
    const count = this.#collect(scene);
    const radius = radiusFor(scene.pane.width * scene.pane.height, count.found);
    this.#points(scene, pane, count, radius, ratio);
    canvas.getContext('2d').putImageData(this.#image, 0, 0);
    return { radius, found: count.found };
  }

  #ground({ theme, places, camera }, pane) {
    const pixels = this.#pixels;
    const color = (hex) => pixel(rgb(hex));
    pixels.clear(color(theme.panel));
    const [right, bottom] = [pane.left + pane.width, pane.top + pane.height];
    pixels.fill(color(theme.plane), pane.left, pane.top, right, bottom);
    const inside = (value, from, to) => Math.max(from, Math.min(to, value));
    for (const region of places.regions ?? []) {
      const [left, low] = toScreen(camera, pane, region.left, region.bottom);
      const [end, high] = toScreen(camera, pane, region.left + region.width, region.bottom + region.height);
      const [x0, x1] = [inside(left, pane.left, right), inside(end, pane.left, right)];
      const [y0, y1] = [inside(high, pane.top, bottom), inside(low, pane.top, bottom)];
      pixels.fill(region.tint, x0, y0, x1, y1);
      for (const [x, y, toX, toY] of [[x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]]) {
        pixels.line(color(theme.panel), x, y, toX, toY);
        pixels.line(color(theme.panel), x + 1, y + 1, toX + 1, toY + 1);
      }
    }

    const [grid, axis] = [color(theme.grid), color(theme.axis)];
    const [low, under, high, over] = seen(camera);
    for (const tick of places.across?.ticks(low, high) ?? []) {
      const [x] = toScreen(camera, pane, places.across.place(tick), 0);
      if (x >= pane.left && x <= right) pixels.line(tick === 0 ? axis : grid, x, pane.top, x, bottom);
    }

    for (const tick of places.up?.ticks(under, over) ?? []) {
      const [, y] = toScreen(camera, pane, 0, places.up.place(tick));
      if (y >= pane.top && y <= bottom) pixels.line(tick === 0 ? axis : grid, pane.left, y, right, y);
    }
  }

  /** The ids to draw in one array: those not found first, then the found, then the selected, so that these lie on top. */
  #collect({ library, grid, camera, mask, selection }) {
    if (this.#shown.length < library.count) this.#shown = new Uint32Array(library.capacity);
    const shown = this.#shown;
    let dim = 0;
    let end = shown.length;
    grid.within(seen(camera), (id) => {
      if (mask[id]) shown[--end] = id;
      else shown[dim++] = id;
    });
    return { dim, end, found: shown.length - end, chosen: selection.ids() };
  }

  #points({ places, camera, mask, colors, selection, theme, library, fullness }, pane, { dim, end, found, chosen }, radius, ratio) {
    const { x, y } = places;
    const pixels = this.#pixels;
    const shown = this.#shown;
    const scale = camera.zoom;
    const [left, top] = [pane.left + pane.width * (0.5 - camera.x * scale), pane.top + pane.height * (0.5 + camera.y * scale)];
    const [across, up] = [pane.width * scale, pane.height * scale];
    const edge = radius * ratio + 1;
    const [right, bottom] = [pane.left + pane.width + edge, pane.top + pane.height + edge];
    const place = (id, mask, color, strength) => {
      const [px, py] = [left + across * x[id], top - up * y[id]];
      if (px > pane.left - edge && px < right && py > pane.top - edge && py < bottom) pixels.disc(mask, color, strength, px, py);
    };
    const small = maskOf(Math.max(1, Math.min(radius * 0.6, radiusFor(pane.width * pane.height, dim))) * ratio);
    const dimmed = pixel(rgb(theme.dim));
    for (let k = 0; k < dim; k++) place(shown[k], small, dimmed, dim > 20_000 ? 130 : 256);

    const disc = maskOf(radius * ratio);
    const full = found > 20_000 ? 165 : found > 3000 ? 200 : 230;
    for (let k = shown.length - 1; k >= end; k--) {
      const id = shown[k];
      place(id, disc, colors[id], fullness ? full * fullness(id) : full);
    }

    const ring = maskOf((Math.max(3, radius) + 2) * ratio);
    const core = maskOf(Math.max(2, radius - 0.5) * ratio);
    const [ink, ground] = [pixel(rgb(theme.selected)), pixel(rgb(theme.plane))];
    for (const id of chosen) {
      if (id >= library.count || Number.isNaN(x[id])) continue;
      place(id, ring, ink, 256);
      place(id, maskOf((Math.max(3, radius) + 0.7) * ratio), ground, 256);
      place(id, core, colors[id], 256);
    }
  }
}
