// What is drawn over the points: numbers at the axes, names of regions, the current sound, doubt, truth, corrections, the lasso.
import { seen, toScreen } from 'explorer/camera';

const font = (size, weight = 400) => `${weight} ${size}px system-ui, sans-serif`;

export function drawOverlay(context, scene) {
  const { pane } = scene;
  context.clearRect(0, 0, pane.left + pane.width + pane.right, pane.top + pane.height + pane.bottom);
  numbers(context, scene);
  context.save();
  context.beginPath();
  context.rect(pane.left, pane.top, pane.width, pane.height);
  context.clip();
  regionNames(context, scene);
  if (scene.halos) scene.halos.forEach((id) => halo(context, scene, id, 0.03));
  lessons(context, scene);
  for (const id of new Set([scene.current, scene.hover])) {
    if (id >= 0) focus(context, scene, id);
  }

  lasso(context, scene);
  context.restore();
}

function numbers(context, { pane, camera, places, theme, small }) {
  context.fillStyle = theme.soft;
  context.font = font(small ? 10.5 : 11.5);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  let last = -Infinity;
  const [low, under, high, over] = seen(camera);
  for (const tick of places.across?.ticks(low, high) ?? []) {
    const [x] = toScreen(camera, pane, places.across.place(tick), 0);
    if (x < pane.left || x > pane.left + pane.width || x - last < 34) continue;
    context.fillText(tickText(places.across.measure, tick), x, pane.top + pane.height + 5);
    last = x;
  }

  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of places.up?.ticks(under, over) ?? []) {
    const [, y] = toScreen(camera, pane, 0, places.up.place(tick));
    if (y >= pane.top && y <= pane.top + pane.height) context.fillText(tickText(places.up.measure, tick), pane.left - 6, y);
  }
}

function tickText(measure, tick) {
  return measure.target ? String(Number(tick.toFixed(3))).replace('-', '−') : measure.format(tick);
}

function regionNames(context, { pane, camera, places, theme, small }) {
  context.textAlign = 'left';
  context.textBaseline = 'top';
  for (const region of places.regions ?? []) {
    const [x, y] = toScreen(camera, pane, region.left, region.bottom + region.height);
    const [right, bottom] = toScreen(camera, pane, region.left + region.width, region.bottom);
    if (right < pane.left || bottom < pane.top || x > pane.left + pane.width || y > pane.top + pane.height) continue;
    const [left, top] = [Math.max(x, pane.left) + 9, Math.max(y, pane.top) + 8];
    const share = `${Math.round(100 * region.share)} %`;
    const room = Math.min(right, pane.left + pane.width) - left - 4;
    text(context, region.label, left, top, font(small ? 13 : 15, 650), theme.ink, theme.plane, room);
    const wide = context.measureText(region.label).width;
    if (wide + 44 < room) text(context, share, left + wide + 8, top + 2, font(small ? 11 : 12.5), theme.soft, theme.plane, 60);
  }
}

function text(context, words, x, y, style, color, ground, room) {
  context.font = style;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.globalAlpha = 0.85;
  context.strokeText(words, x, y, room);
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.fillText(words, x, y, room);
}

function at({ places, camera, pane }, id) {
  return toScreen(camera, pane, places.x[id], places.y[id]);
}

/** The interval of a row as an ellipse that touches its ends. */
function halo(context, scene, id, strength) {
  const { library, places, camera, pane, theme } = scene;
  const [across, up] = [places.across?.measure.target, places.up?.measure.target];
  if (!across || !library.column(`low:${across}`)) return;
  const [left, bottom] = corner('low');
  const [right, top] = corner('high');
  if (![left, bottom, right, top].every(Number.isFinite)) return;
  context.beginPath();
  context.ellipse((left + right) / 2, (top + bottom) / 2, Math.max(1, (right - left) / 2), Math.max(1, (bottom - top) / 2), 0, 0, 7);
  context.globalAlpha = strength;
  context.fillStyle = theme.point;
  context.fill();
  context.globalAlpha = Math.min(1, 0.15 + 3 * strength);
  context.strokeStyle = theme.point;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;

  function corner(end) {
    const x = places.across.place(library.at(`${end}:${across}`, id));
    const y = up ? places.up.place(library.at(`${end}:${up}`, id)) : places.y[id] + (end === 'low' ? -0.02 : 0.02);
    return toScreen(camera, pane, x, y);
  }
}

function focus(context, scene, id) {
  const { theme, current, radius } = scene;
  const [x, y] = at(scene, id);
  if (!Number.isFinite(x)) return;
  halo(context, scene, id, 0.16);
  const truth = truthOf(scene, id);
  if (truth) line(context, truth, [x, y], theme.ink, theme);
  const isCurrent = id === current;
  const size = Math.max(4.5, radius + 1);
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.fillStyle = isCurrent ? theme.current : theme.point;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = theme.plane;
  context.stroke();
  context.beginPath();
  context.arc(x, y, size + 3, 0, 7);
  context.lineWidth = 1.75;
  context.strokeStyle = isCurrent ? theme.current : theme.ink;
  context.stroke();
  if (isCurrent && scene.pulse > 0) {
    context.beginPath();
    context.arc(x, y, size + 4 + 8 * scene.pulse, 0, 7);
    context.globalAlpha = 0.6 * (1 - scene.pulse);
    context.stroke();
    context.globalAlpha = 1;
  }
}

/** The place of what is true, on the screen. */
function truthOf({ library, places, camera, pane }, id) {
  const [across, up] = [places.across?.measure.target, places.up?.measure.target];
  const x = across ? library.at(`truth:${across}`, id) : NaN;
  const y = up ? library.at(`truth:${up}`, id) : NaN;
  if (Number.isNaN(x) || (places.up && Number.isNaN(y))) return null;
  return toScreen(camera, pane, places.across.place(x), places.up ? places.up.place(y) : places.y[id]);
}

/** A line from an open square (where it should be) to the point. */
function line(context, [fromX, fromY], [toX, toY], color, theme) {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.lineWidth = 1.75;
  context.strokeStyle = color;
  context.stroke();
  context.fillStyle = theme.plane;
  context.fillRect(fromX - 4.5, fromY - 4.5, 9, 9);
  context.strokeRect(fromX - 4.5, fromY - 4.5, 9, 9);
}

/** Corrections: a line to where the point belongs. All of them while teaching, else that of the current row. */
function lessons(context, scene) {
  const { library, places, camera, pane, theme, mode, current, dragged } = scene;
  const shown = [];
  for (const [id, { values }] of library.taught) {
    if ((mode === 'teach' || id === current) && values && library.has(id) && dragged?.id !== id) shown.push([id, taughtPlace(places, id, values)]);
  }

  if (dragged) shown.push([dragged.id, [dragged.x, dragged.y]]);
  for (const [id, [x, y]] of shown) {
    const from = at(scene, id);
    if (Number.isFinite(x) && Number.isFinite(y)) line(context, toScreen(camera, pane, x, y), from, theme.taught, theme);
  }
}

function taughtPlace(places, id, values) {
  const along = (axis, now) => {
    const value = axis && values[axis.measure.target];
    return Number.isFinite(value) ? axis.place(value) : now;
  };
  return [along(places.across, places.x[id]), along(places.up, places.y[id])];
}

function lasso(context, { lasso: path, theme }) {
  if (!path || path.length < 4) return;
  context.beginPath();
  context.moveTo(path[0], path[1]);
  for (let i = 2; i < path.length; i += 2) context.lineTo(path[i], path[i + 1]);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = theme.accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.75;
  context.setLineDash([5, 4]);
  context.strokeStyle = theme.accent;
  context.stroke();
  context.setLineDash([]);
}
