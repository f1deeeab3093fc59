// What part of the plane is seen. The plane is the unit square, (0, 0) its lower left corner; a camera is immutable.

export const whole = Object.freeze({ x: 0.5, y: 0.5, zoom: 1 });

const mostZoom = 400;

/** The pane on the screen in which the whole plane lies at zoom 1: { left, top, width, height } in pixels. */
export function toScreen(camera, pane, x, y) {
  return [
    pane.left + pane.width * ((x - camera.x) * camera.zoom + 0.5),
    pane.top + pane.height * ((camera.y - y) * camera.zoom + 0.5),
  ];
}

export function toPlane(camera, pane, left, top) {
  return [
    ((left - pane.left) / pane.width - 0.5) / camera.zoom + camera.x,
    camera.y - ((top - pane.top) / pane.height - 0.5) / camera.zoom,
  ];
}

/** The camera after the plane was dragged by pixels. */
export function panned(camera, pane, right, down) {
  return held({ ...camera, x: camera.x - right / pane.width / camera.zoom, y: camera.y + down / pane.height / camera.zoom });
}

/** The camera after a zoom by a factor that leaves a place of the screen where it is. */
export function zoomed(camera, pane, factor, left, top) {
  const zoom = Math.max(1, Math.min(mostZoom, camera.zoom * factor));
  const [x, y] = toPlane(camera, pane, left, top);
  const share = camera.zoom / zoom;
  return held({ zoom, x: x + (camera.x - x) * share, y: y + (camera.y - y) * share });
}

/** The camera that shows a box of the plane with some room around it. */
export function fitted([left, bottom, right, top]) {
  const size = Math.max(right - left, top - bottom, 1 / mostZoom) * 1.12;
  return held({ x: (left + right) / 2, y: (bottom + top) / 2, zoom: Math.max(1, Math.min(mostZoom, 1 / size)) });
}

/** The camera moved no more than needed so that a place is seen. */
export function revealing(camera, x, y, margin = 0.06) {
  const room = (0.5 - margin) / camera.zoom;
  return held({
    ...camera,
    x: Math.max(x - room, Math.min(x + room, camera.x)),
    y: Math.max(y - room, Math.min(y + room, camera.y)),
  });
}

/** The box of the plane that is seen: [left, bottom, right, top]. */
export function seen(camera) {
  const half = 0.5 / camera.zoom;
  return [camera.x - half, camera.y - half, camera.x + half, camera.y + half];
}

function held(camera) {
  const half = 0.5 / camera.zoom;
  const inside = (value) => Math.max(half, Math.min(1 - half, value));
  return { zoom: camera.zoom, x: inside(camera.x), y: inside(camera.y) };
}
