// Mouse, pen and fingers over the plane, as what they mean: pan, zoom, click, hover, a drawn line, a dragged point.

const stillPixels = 4;

/**
 * Listens to an element.
 * @param means { pan(dx, dy), zoom(factor, x, y), click(x, y, keys, touch), double(x, y), hover(x, y) or hover(null),
 *   drag(x, y): 'pan' | 'line' | 'point' when one begins, line(points, done, keys), point(x, y, done), moving(on) }
 */
export function listen(element, means) {
  const down = new Map();
  let gesture = null;

  const place = (event) => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const [x, y] = place(event);
    down.set(event.pointerId, [x, y]);
    element.focus({ preventScroll: true });
    if (down.size === 2) {
      gesture = { kind: 'pinch', ...spread(down) };
    } else if (down.size === 1) {
      // On the handle of a point the browser may begin a drag of a file; it then takes the pointer away.
      const native = event.target.draggable && event.pointerType === 'mouse';
      gesture = { kind: 'press', from: [x, y], last: [x, y], native, line: [x, y], what: native ? null : means.drag(x, y, event) };
      if (!native) element.setPointerCapture(event.pointerId);
    }
  });

  element.addEventListener('pointermove', (event) => {
    const [x, y] = place(event);
    if (down.has(event.pointerId)) down.set(event.pointerId, [x, y]);
    if (!gesture) {
      if (event.pointerType !== 'touch') means.hover(x, y);
      return;
    }

    if (gesture.kind === 'pinch' && down.size === 2) {
      const now = spread(down);
      means.pan(now.x - gesture.x, now.y - gesture.y);
      means.zoom(now.size / gesture.size, now.x, now.y);
      Object.assign(gesture, now);
      return;
    }

    if (gesture.kind === 'press' && Math.hypot(x - gesture.from[0], y - gesture.from[1]) >= stillPixels && gesture.what) {
      gesture.kind = gesture.what;
      means.hover(null);
    }

    if (gesture.kind === 'pan') means.pan(x - gesture.last[0], y - gesture.last[1]);
    if (gesture.kind === 'line') {
      gesture.line.push(x, y);
      means.line(gesture.line, false, event);
    }

    if (gesture.kind === 'point') means.point(x, y, false);
    if (gesture.last) gesture.last = [x, y];
  });

  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    const [x, y] = place(event);
    const done = gesture;
    gesture = null;
    const cancelled = event.type === 'pointercancel';
    if (done?.kind === 'line') means.line(cancelled ? [] : done.line, true, event);
    if (done?.kind === 'point') means.point(x, y, true, cancelled);
    if (done?.kind === 'press' && !cancelled) means.click(x, y, event, event.pointerType === 'touch');
  };
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', () => { if (!gesture) means.hover(null); });
  element.addEventListener('dblclick', (event) => means.double(...place(event)));
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);
    means.zoom(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)), ...place(event));
  }, { passive: false });
}

function spread(down) {
  const [[ax, ay], [bx, by]] = [...down.values()];
  return { x: (ax + bx) / 2, y: (ay + by) / 2, size: Math.max(20, Math.hypot(ax - bx, ay - by)) };
}
