// Walking over the plane: the neighbour in a direction.

const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * The point that a step leads to, or -1. Only what lies within 45° of the direction counts, and what lies aside counts as farther,
 * so that there and back again mostly comes home. Points on the very same place follow each other by their number.
 * @param places { x, y } in the plane, @param aspect how much wider than high the plane is on the screen.
 */
export function neighbour({ x, y }, count, from, key, accepts, aspect = 1) {
  const [right, up] = steps[key];
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < count; i++) {
    if (i === from) continue;
    const across = (x[i] - x[from]) * aspect;
    const above = y[i] - y[from];
    const along = across * right + above * up;
    const aside = Math.abs(across * up) + Math.abs(above * right);
    if (along === 0 && aside === 0 ? Math.sign(i - from) !== right + up : !(along > 0 && aside <= along)) continue;
    const far = along * along + 4 * aside * aside + (along === 0 ? Math.abs(i - from) * Number.MIN_VALUE : 0);
    if (far < least && accepts(i)) [best, least] = [i, far];
  }

  return best;
}
