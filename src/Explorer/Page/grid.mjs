// A grid over the unit square, so that a touch looks at few points of 100,000. Places are two Float32Arrays; NaN is nowhere.

const cells = 128;

export class Grid {
  /** Sorts places into cells by counting. */
  constructor(x, y, count) {
    this.x = x;
    this.y = y;
    this.start = new Uint32Array(cells * cells + 1);
    const cellOf = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      cellOf[i] = Number.isNaN(x[i]) || Number.isNaN(y[i]) ? -1 : cell(y[i]) * cells + cell(x[i]);
      if (cellOf[i] >= 0) this.start[cellOf[i] + 1]++;
    }

    for (let c = 0; c < cells * cells; c++) this.start[c + 1] += this.start[c];
    this.items = new Uint32Array(this.start[cells * cells]);
    const next = this.start.slice();
    for (let i = 0; i < count; i++) {
      if (cellOf[i] >= 0) this.items[next[cellOf[i]]++] = i;
    }
  }

  /** Calls for every point whose cell touches the box [left, bottom, right, top]. */
  within([left, bottom, right, top], visit) {
    const [from, to] = [cell(left), cell(right)];
    for (let row = cell(bottom); row <= cell(top); row++) {
      const end = this.start[row * cells + to + 1];
      for (let k = this.start[row * cells + from]; k < end; k++) visit(this.items[k]);
    }
  }

  /**
   * The nearest point that is accepted, or -1.
   * @param reachX, reachY How far it may be, across and up: a circle of the screen is an ellipse of the plane.
   */
  nearest(x, y, reachX, reachY, accepts) {
    let [best, least] = [-1, 1];
    this.within([x - reachX, y - reachY, x + reachX, y + reachY], (i) => {
      const across = (this.x[i] - x) / reachX;
      const up = (this.y[i] - y) / reachY;
      const distance = across * across + up * up;
      if ((distance < least || (distance === least && i > best)) && accepts(i)) [best, least] = [i, distance];
    });
    return best;
  }
}

function cell(value) {
  return Math.max(0, Math.min(cells - 1, Math.floor(value * cells)));
}
