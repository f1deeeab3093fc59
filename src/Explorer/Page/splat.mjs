// Draws many round points into pixels. A canvas takes 100,000 arcs in about a second; written into pixels they take a few
// milliseconds, since a point is a small mask of coverages that is mixed into what lies there.

const steps = 4; // sub-pixel positions a mask is prepared for, along each side
const masks = new Map();

/** Coverage, 0 to 255, of a disc of a radius in pixels, for every sub-pixel position: { side, data[steps * steps] }. */
export function maskOf(radius) {
  const key = Math.round(radius * 4);
  let mask = masks.get(key);
  if (!mask) masks.set(key, (mask = render(key / 4)));
  return mask;
}

function render(radius) {
  const reach = Math.ceil(radius + 0.5);
  const side = 2 * reach + 1;
  const data = [];
  for (let sy = 0; sy < steps; sy++) {
    for (let sx = 0; sx < steps; sx++) {
      const cover = new Uint8Array(side * side);
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const far = Math.hypot(column - reach + 0.5 - (sx + 0.5) / steps, row - reach + 0.5 - (sy + 0.5) / steps);
          cover[row * side + column] = Math.round(255 * Math.max(0, Math.min(1, radius + 0.5 - far)));
        }
      }

      data.push(cover);
    }
  }

  return { side, reach, data };
}

/** An opaque colour as a pixel of ImageData on a little-endian machine. */
export function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A surface of pixels to draw on. */
export class Pixels {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8ClampedArray(4 * width * height);
    this.words = new Uint32Array(this.bytes.buffer);
  }

  clear(color) {
    this.words.fill(color);
  }

  /** An upright or level line, one pixel wide. */
  line(color, fromX, fromY, toX, toY) {
    const [left, right] = [Math.max(0, Math.round(fromX)), Math.min(this.width - 1, Math.round(toX))];
    const [top, bottom] = [Math.max(0, Math.round(fromY)), Math.min(this.height - 1, Math.round(toY))];
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) this.words[y * this.width + x] = color;
    }
  }

  /** A rectangle of one colour. */
  fill(color, left, top, right, bottom) {
    const [from, to] = [Math.max(0, Math.round(left)), Math.min(this.width, Math.round(right))];
    for (let y = Math.max(0, Math.round(top)); y < Math.min(this.height, Math.round(bottom)); y++) {
      if (to > from) this.words.fill(color, y * this.width + from, y * this.width + to);
    }
  }

  /** Mixes a disc into what lies there. The strength is 0 to 256. Red and blue are mixed in one multiplication, with room between. */
  disc(mask, color, strength, x, y) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const cover = mask.data[Math.floor((y - top) * steps) * steps + Math.floor((x - left) * steps)];
    const { side, reach } = mask;
    const { width, height, words } = this;
    const [redBlue, green] = [color & 0xff00ff, color & 0x00ff00];
    const firstRow = Math.max(0, reach - top);
    const lastRow = Math.min(side, height + reach - top);
    const firstColumn = Math.max(0, reach - left);
    const lastColumn = Math.min(side, width + reach - left);
    for (let row = firstRow; row < lastRow; row++) {
      let from = row * side + firstColumn;
      let at = (top - reach + row) * width + left - reach + firstColumn;
      for (let column = firstColumn; column < lastColumn; column++, from++, at++) {
        const share = (cover[from] * strength + 128) >> 8;
        if (share === 0) continue;
        const under = words[at];
        const [underRedBlue, underGreen] = [under & 0xff00ff, under & 0x00ff00];
        const mixedRedBlue = (underRedBlue + ((Math.imul(redBlue - underRedBlue, share) >> 8))) & 0xff00ff;
        const mixedGreen = (underGreen + ((Math.imul(green - underGreen, share) >> 8))) & 0x00ff00;
        words[at] = 0xff000000 | mixedRedBlue | mixedGreen;
      }
    }
  }
}
