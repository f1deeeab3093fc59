// What a line drawn by hand encloses.

/** Whether a place lies within a closed line, by the even-odd rule. The line: [x0, y0, x1, y1, …]. */
export function encloses(line, x, y) {
  let inside = false;
  for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [line[i], line[i + 1], line[j], line[j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }

  return inside;
}

/** The ids of a grid that a line encloses and that are accepted. */
export function enclosed(grid, line, accepts) {
  const [xs, ys] = [line.filter((_, i) => i % 2 === 0), line.filter((_, i) => i % 2 === 1)];
  const ids = [];
  if (line.length < 6) return ids;
  grid.within([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], (i) => {
    if (accepts(i) && encloses(line, grid.x[i], grid.y[i])) ids.push(i);
  });
  return ids.sort((a, b) => a - b);
}
