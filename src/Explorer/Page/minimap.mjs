// The whole plane in small, with a frame around what is seen; shown once something is not.
import { fitCanvas } from 'explorer/dom';
import { seen } from 'explorer/camera';
import { rgb } from 'explorer/palette';

const [width, height] = [132, 100];

export class Minimap {
  #canvas;
  #picture = null;

  /** @param canvas Where. @param moved Called with the place of the plane that was touched. */
  constructor(canvas, moved) {
    this.#canvas = canvas;
    const touch = (event) => {
      event.stopPropagation();
      if (!(event.buttons & 1)) return;
      const box = canvas.getBoundingClientRect();
      moved((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height);
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      touch(event);
    });
    canvas.addEventListener('pointermove', touch);
    for (const event of ['pointerup', 'click', 'dblclick']) canvas.addEventListener(event, (each) => each.stopPropagation());
  }

  /** Counts the points per pixel once; later draws only lay the frame over it. */
  picture({ x, y }, mask, theme) {
    const counts = new Uint32Array(width * height);
    const image = new ImageData(width, height);
    const others = rgb(theme.axis);
    let most = 1;
    for (let i = 0; i < mask.length; i++) {
      if (Number.isNaN(x[i])) continue;
      const cell = Math.min(height - 1, Math.floor((1 - y[i]) * height)) * width + Math.min(width - 1, Math.floor(x[i] * width));
      if (mask[i]) most = Math.max(most, ++counts[cell]);
      else image.data.set([...others, 255], 4 * cell);
    }

    const point = rgb(theme.point);
    counts.forEach((count, i) => {
      if (count > 0) image.data.set([...point, 90 + 165 * Math.sqrt(count / most)], 4 * i);
    });
    this.#picture = new OffscreenCanvas(width, height);
    this.#picture.getContext('2d').putImageData(image, 0, 0);
  }

  draw(camera, theme) {
    this.#canvas.hidden = camera.zoom <= 1.001;
    if (this.#canvas.hidden || !this.#picture) return;
    const { context } = fitCanvas(this.#canvas, width, height);
    context.fillStyle = theme.panel;
    context.fillRect(0, 0, width, height);
    context.drawImage(this.#picture, 0, 0, width, height);
    const [left, bottom, right, top] = seen(camera);
    context.strokeStyle = theme.current;
    context.lineWidth = 1.5;
    context.strokeRect(left * width + 0.75, (1 - top) * height + 0.75, Math.max(3, (right - left) * width - 1.5), Math.max(3, (top - bottom) * height - 1.5));
  }
}
