// A slider with two ends over a histogram: two real sliders on one rail, so that keys and screen readers work as everywhere.
import { el, fitCanvas } from 'explorer/dom';
import { histogram, rangeOf, scaleOf } from 'explorer/measures';

const steps = 200;
const bins = 40;

export class Range {
  #app;
  #measure;
  #range = [0, 1];
  #canvas = el('canvas', { className: 'histogram', 'aria-hidden': true });
  #text = el('output', {});
  #inputs;

  constructor(app, measure) {
    this.#app = app;
    this.#measure = measure;
    const input = (end, value) => el('input', {
      type: 'range', min: 0, max: steps, step: 1, value, 'aria-label': `${measure.name}, ${end === 0 ? 'at least' : 'at most'}`,
      'data-key': measure.key, 'data-end': end === 0 ? 'min' : 'max',
      oninput: () => this.#moved(end),
    });
    this.#inputs = [input(0, 0), input(1, steps)];
    this.element = el('div', { className: 'range' },
      el('div', { className: 'range-head' }, el('span', { className: 'range-name' }, measure.name), this.#text),
      el('div', { className: 'rail' }, this.#canvas, ...this.#inputs),
      el('div', { className: 'range-poles', 'aria-hidden': true }, el('span', {}, measure.poles[0]), el('span', {}, measure.poles[1])));
  }

  /** Takes the present rows as measure. */
  refresh() {
    const [least, most] = rangeOf(this.#app.library, this.#measure.key) ?? [0, 1];
    this.#range = [Math.min(least, this.#measure.low ?? Infinity), Math.max(most, this.#measure.high ?? -Infinity)];
    this.#counts = histogram(this.#app.library, this.#measure, this.#range, bins);
    this.draw();
  }

  #counts = new Uint32Array(bins);

  reset() {
    [this.#inputs[0].value, this.#inputs[1].value] = ['0', String(steps)];
    this.draw();
  }

  #value(step) {
    const scale = scaleOf(this.#measure);
    const [from, to] = this.#range.map(scale.forth);
    return scale.back(from + ((to - from) * step) / steps);
  }

  #moved(end) {
    const [low, high] = this.#inputs.map((input) => Number(input.value));
    if (low > high) this.#inputs[end].value = String(end === 0 ? high : low);
    const [min, max] = this.#inputs.map((input) => Number(input.value));
    const ranges = new Map(this.#app.asked.ranges);
    if (min === 0 && max === steps) ranges.delete(this.#measure.key);
    else ranges.set(this.#measure.key, [min === 0 ? -Infinity : this.#value(min), max === steps ? Infinity : this.#value(max)]);
    this.draw();
    this.#app.ask({ ranges });
  }

  draw() {
    const [min, max] = this.#inputs.map((input) => Number(input.value));
    const { format } = this.#measure;
    const [low, high] = [this.#value(min), this.#value(max)].map(format);
    this.#text.textContent = min === 0 && max === steps ? 'any'
      : min === 0 ? `up to ${high}` : max === steps ? `from ${low}` : `${low} to ${high}`;
    this.#inputs.forEach((input, end) => input.setAttribute('aria-valuetext', [low, high][end]));
    this.element.classList.toggle('set', min !== 0 || max !== steps);
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!width) return;
    const { context } = fitCanvas(this.#canvas, width, height);
    context.clearRect(0, 0, width, height);
    const most = Math.max(1, ...this.#counts);
    const { theme } = this.#app;
    this.#counts.forEach((count, i) => {
      const inside = (i + 0.5) * (steps / bins) >= min && (i + 0.5) * (steps / bins) <= max;
      const tall = count === 0 ? 0 : 1.5 + (height - 2) * (count / most) ** 0.6;
      context.fillStyle = inside ? theme.point : theme.line;
      context.fillRect((i * width) / bins, height - tall, width / bins - 1, tall);
    });
  }
}
