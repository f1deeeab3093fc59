// Emotions as regions of one pane. A region's area is the share of probability that the class has over the whole library;
// a sound lies in the region of its label, sure ones in the middle, doubtful ones near the edge that faces the runner-up.
import { scatter } from 'explorer/scatter';

/** Regions by class: [{ label, share, left, bottom, width, height }], tiling the unit square. */
export function regionsOf(library) {
  const classes = library.model.classes;
  const weights = classes.map((label) => {
    const column = library.column(`p:${label}`);
    let sum = 0;
    for (let id = 0; id < library.count; id++) {
      if (library.alive[id]) sum += column ? column[id] || 0 : Number(library.label[id] === label);
    }

    return sum;
  });
  const total = weights.reduce((a, b) => a + b, 0);
  // A class that is hardly ever meant keeps a region that can be seen and read.
  const shares = weights.map((weight) => Math.max(total > 0 ? weight / total : 1 / classes.length, 0.35 / classes.length));
  const whole = shares.reduce((a, b) => a + b, 0);
  const items = classes.map((label, index) => ({ label, index, share: total > 0 ? weights[index] / total : 0, area: shares[index] / whole }));
  return tile(items, { left: 0, bottom: 0, width: 1, height: 1 }).sort((a, b) => a.index - b.index);
}

/** Halves the items by area along the longer side until each has its own rectangle: order is kept, so regions stay put. */
function tile(items, box) {
  if (items.length === 1) return [{ ...items[0], ...box }];
  const total = items.reduce((sum, { area }) => sum + area, 0);
  let [cut, before] = [1, items[0].area];
  while (cut < items.length - 1 && Math.abs(before + items[cut].area - total / 2) < Math.abs(before - total / 2)) before += items[cut++].area;
  const part = before / total;
  const wide = box.width >= box.height;
  const first = wide ? { ...box, width: box.width * part } : { ...box, bottom: box.bottom + box.height * (1 - part), height: box.height * part };
  const second = wide
    ? { ...box, left: box.left + box.width * part, width: box.width * (1 - part) }
    : { ...box, height: box.height * (1 - part) };
  return [...tile(items.slice(0, cut), first), ...tile(items.slice(cut), second)];
}

/** The place of a row: NaN where it has no label. */
export function placeInRegion(library, regions, id) {
  const own = regions.find(({ label }) => label === library.label[id]);
  if (!own) return [NaN, NaN];
  const best = library.at(`p:${own.label}`, id);
  let [other, next] = [null, 0];
  for (const region of regions) {
    const probability = library.at(`p:${region.label}`, id);
    if (region !== own && probability > next) [other, next] = [region, probability];
  }

  const doubt = Number.isNaN(best) ? scatter(id) : Math.max(0, Math.min(1, 1 - (best - next)));
  const towards = other
    ? Math.atan2((other.bottom + other.height / 2 - own.bottom - own.height / 2), other.left + other.width / 2 - own.left - own.width / 2)
    : 2 * Math.PI * scatter(id);
  const angle = towards + (scatter(id) - 0.5) * 1.9;
  const [across, up] = [Math.cos(angle), Math.sin(angle)];
  const toEdge = 1 / Math.max(Math.abs(across), Math.abs(up));
  const far = (0.12 + 0.8 * doubt) * toEdge * 0.46 * (0.82 + 0.18 * scatter(id + 7919));
  return [own.left + own.width * (0.5 + across * far), own.bottom + own.height * (0.46 + up * far * 0.86)];
}
