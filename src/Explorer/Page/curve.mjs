// A long recording as a curve of its windows: click, or walk with the arrow keys, to listen from there.
import { byId, el, fill, fitCanvas, perFrame } from 'explorer/dom';
import { duration, number } from 'explorer/measures';

const pad = { left: 34, right: 10, top: 10, bottom: 20 };

export class Curve {
  #app;
  #panel = byId('curve');
  #canvas = el('canvas', { 'aria-hidden': true });
  #rail;
  #legend = el('div', { className: 'legend' });
  #data = null;
  #id = -1;
  #at = 0;

  constructor(app) {
    this.#app = app;
    this.#rail = el('div', {
      className: 'rail', id: 'curve-rail', tabIndex: 0, role: 'slider', 'aria-label': 'Time', 'aria-valuemin': 0,
      onkeydown: (event) => this.#key(event),
      onpointerdown: (event) => this.#point(event),
    }, this.#canvas);
    this.draw = perFrame(() => this.#draw());
    app.on('theme', this.draw);
    app.on('current', () => { if (app.current !== this.#id) this.close(); });
    app.player.addEventListener('move', this.draw);
    app.player.addEventListener('change', this.draw);
    new ResizeObserver(this.draw).observe(this.#rail);
  }

  async open(id) {
    const app = this.#app;
    const seconds = app.state.model.windowSeconds ?? 6;
    const total = app.library.at('seconds', id);
    // At most about a thousand windows: an hour is heard every four seconds, a minute every second.
    const hop = Math.max(0.5, Math.min(seconds / 2, 1), total / 1000);
    app.alert(`Listening along ${app.library.name(id)} …`, true);
    try {
      this.#data = await app.source.windows(id, seconds, Math.round(10 * hop) / 10);
    } catch (error) {
      app.alert(error.message);
      return;
    }

    app.dismiss();
    if (app.current !== id) return;
    this.#id = id;
    this.#at = 0;
    this.total = total;
    this.#rail.setAttribute('aria-valuemax', String(total));
    fill(this.#panel,
      el('header', {}, el('h2', {}, `Along time: ${app.library.name(id)}`),
        el('button', { type: 'button', id: 'curve-close', className: 'quiet', onclick: () => this.close() }, 'Close')),
      this.#legend,
      this.#rail);
    document.body.classList.add('along');
    this.#panel.hidden = false;
    this.#showLegend();
    this.draw();
    this.#rail.focus({ preventScroll: true });
  }

  close() {
    this.#panel.hidden = true;
    document.body.classList.remove('along');
    this.#data = null;
    this.#id = -1;
  }

  /** The lines: ratings over their scales, or probabilities from 0 to 1. */
  #lines() {
    const { targets, classes } = this.#app.state.model;
    const { values, probabilities } = this.#data;
    const kinds = this.#app.theme.kinds;
    return targets.length > 0
      ? targets.filter(({ name }) => values?.[name]).map(({ name, low, high }, i) => ({ name, low, high, values: values[name], ends: this.#endsOf(name), color: kinds[i], kind: i }))
      : classes.filter((name) => probabilities?.[name]).map((name, i) => ({ name, low: 0, high: 1, values: probabilities[name], color: kinds[i % kinds.length], kind: i }));
  }

  /** The ends of the intervals of a rating, window by window: { low, high }, or nothing where the model does not say. */
  #endsOf(name) {
    const { low, high } = this.#data;
    return low?.[name] && { low: low[name], high: high[name] };
  }

  #showLegend() {
    const lines = this.#lines();
    fill(this.#legend, ...lines.map(({ name, kind }) => el('span', {}, el('i', { className: `dot kind-${kind % 10}` }), name)),
      lines.some(({ ends }) => ends) && el('span', { className: 'soft' }, 'shaded: 90 % intervals'));
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#rail;
    if (!this.#data || width === 0) return;
    const { context } = fitCanvas(this.#canvas, width, height);
    const { theme, player } = this.#app;
    const inner = { width: width - pad.left - pad.right, height: height - pad.top - pad.bottom };
    const across = (seconds) => pad.left + (inner.width * seconds) / this.total;
    context.clearRect(0, 0, width, height);
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const lines = this.#lines();
    const [low, high] = [Math.min(...lines.map((line) => line.low)), Math.max(...lines.map((line) => line.high))];
    const up = (value) => pad.top + inner.height * (1 - (value - low) / (high - low));
    for (const value of [low, (low + high) / 2, high]) {
      context.fillStyle = theme.grid;
      context.fillRect(pad.left, Math.round(up(value)), inner.width, 1);
      context.fillStyle = theme.soft;
      context.textAlign = 'right';
      context.fillText(number(value, high - low > 1 ? 0 : 1), pad.left - 6, up(value));
    }

    context.textAlign = 'center';
    const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800].find((each) => (inner.width * each) / this.total > 56) ?? 3600;
    for (let second = 0; second <= this.total; second += step) context.fillText(duration(second), across(second), height - 8);
    for (const line of lines) this.#band(context, line, across, up);
    this.#plot(context, lines, across, up);
    const now = player.id === this.#id && player.time > 0 ? player.time : this.#at;
    context.fillStyle = theme.current;
    context.fillRect(across(now) - 1, pad.top - 4, 2, inner.height + 8);
    this.#rail.setAttribute('aria-valuenow', now.toFixed(1));
    this.#rail.setAttribute('aria-valuetext', this.#words(now, lines));
  }

  /** The middle of a window, in seconds: where its answer is drawn. */
  #middle(k) {
    return Math.min(this.total, this.#data.start[k] + this.#data.seconds / 2);
  }

  #plot(context, lines, across, up) {
    if (this.#app.state.model.targets.length === 0) this.#bands(context, lines, across, up);
    else this.#curves(context, lines, across, up);
  }

  /** Probabilities stand on each other: they are parts of one. */
  #bands(context, lines, across, up) {
    const below = new Float64Array(this.#data.start.length);
    for (const { values, color } of lines) {
      context.beginPath();
      below.forEach((value, k) => context.lineTo(across(this.#middle(k)), up(value)));
      values.forEach((value, k) => { below[k] += value ?? 0; });
      for (let k = below.length - 1; k >= 0; k--) context.lineTo(across(this.#middle(k)), up(below[k]));
      context.closePath();
      context.fillStyle = color;
      context.fill();
      context.strokeStyle = this.#app.theme.panel;
      context.lineWidth = 1;
      context.stroke();
    }
  }

  /** The intervals of a rating, behind its curve. */
  #band(context, { ends, color }, across, up) {
    if (!ends) return;
    const known = this.#data.start.map((_, k) => k).filter((k) => ends.low[k] !== null && ends.high[k] !== null);
    context.beginPath();
    for (const k of known) context.lineTo(across(this.#middle(k)), up(ends.high[k]));
    for (const k of known.reverse()) context.lineTo(across(this.#middle(k)), up(ends.low[k]));
    context.closePath();
    context.globalAlpha = 0.12;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 0.5;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }

  #curves(context, lines, across, up) {
    lines.forEach(({ values, color }, i) => {
      context.beginPath();
      let drawing = false;
      values.forEach((value, k) => {
        if (value === null) {
          drawing = false;
          return;
        }

        const x = across(this.#middle(k));
        if (drawing) context.lineTo(x, up(value));
        else context.moveTo(x, up(value));
        drawing = true;
      });
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.setLineDash([[], [7, 3], [2, 3], [9, 3, 2, 3]][i % 4]);
      context.stroke();
      context.setLineDash([]);
    });
  }

  #words(now, lines) {
    const far = (k) => Math.abs(this.#middle(k) - now);
    const k = this.#data.start.reduce((best, _, i) => (far(i) < far(best) ? i : best), 0);
    const label = this.#data.label?.[k];
    const said = ({ name, values, ends }) => `${name} ${number(values[k] ?? NaN)}`
      + (ends ? `, between ${number(ends.low[k] ?? NaN)} and ${number(ends.high[k] ?? NaN)}` : '');
    return `${duration(now)}: ${label ?? lines.map(said).join(', ')}`;
  }

  #point(event) {
    const box = this.#rail.getBoundingClientRect();
    const share = (event.clientX - box.left - pad.left) / (box.width - pad.left - pad.right);
    this.#listen(share * this.total);
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const now = this.#app.player.id === this.#id ? this.#app.player.time : this.#at;
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? this.total - 1 : event.key === 'Enter' ? now : step ? now + step : null;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#listen(to);
  }

  #listen(seconds) {
    this.#at = Math.max(0, Math.min(this.total - 0.05, seconds));
    this.#app.player.play(this.#id, this.#at);
    this.draw();
  }
}
