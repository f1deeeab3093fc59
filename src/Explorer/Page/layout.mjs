// Where the rows lie in the unit square: on a plane of two measures, on a strip of one, or in the regions of classes.
import { axisOf } from 'explorer/axis';
import { regionsOf, placeInRegion } from 'explorer/classes';
import { scatter } from 'explorer/scatter';

/**
 * The layouts a model allows, the natural one first.
 * @returns [{ kind: 'plane', across, up } | { kind: 'strip', across } | { kind: 'classes' }]
 */
export function naturalLayout(model, measures) {
  const targets = measures.filter(({ target }) => target);
  if (model.classes.length > 0 && targets.length === 0) return { kind: 'classes' };
  if (targets.length === 1) return { kind: 'strip', across: targets[0] };
  const named = (name) => targets.find(({ target }) => target.toLowerCase().includes(name));
  const across = named('valence') ?? targets[0];
  const up = named('arousal') ?? targets.find((target) => target !== across);
  return { kind: 'plane', across, up: up === across ? targets.find((target) => target !== across) : up };
}

/** Places of all rows: { x, y, across?, up?, regions? }. A row without an answer is nowhere (NaN). */
export function placesOf(library, layout) {
  const [x, y] = [new Float32Array(library.count).fill(NaN), new Float32Array(library.count).fill(NaN)];
  if (layout.kind === 'classes') {
    const regions = regionsOf(library);
    for (let id = 0; id < library.count; id++) {
      if (library.alive[id]) [x[id], y[id]] = placeInRegion(library, regions, id);
    }

    return { x, y, regions };
  }

  const across = axisOf(library, layout.across);
  const up = layout.up ? axisOf(library, layout.up) : null;
  const [columnX, columnY] = [library.column(layout.across.key), layout.up && library.column(layout.up.key)];
  for (let id = 0; columnX && id < library.count; id++) {
    if (!library.alive[id]) continue;
    x[id] = across.place(columnX[id]);
    y[id] = up ? up.place(columnY[id]) : 0.12 + 0.76 * scatter(id);
  }

  return { x, y, across, up };
}
