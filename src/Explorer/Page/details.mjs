// The current sound: its name, waveform with playhead, what the model says, what can be done with it.
import { byId, el, fill, fitCanvas, icon } from 'explorer/dom';
import { duration, number } from 'explorer/measures';
import { drawPeaks } from 'explorer/peaks';
import { dragFile } from 'explorer/plane';
import { inWords } from 'explorer/words';

export class Details {
  #app;
  #peaks;
  #wave = el('canvas', { className: 'wave', 'aria-hidden': true });
  #seek;
  #time = el('span', { className: 'time' });
  #play;
  #pairs = [];

  /** @param actions { along(id), teach(id, lesson) } */
  constructor(app, peaks, actions) {
    this.#app = app;
    this.#peaks = peaks;
    this.actions = actions;
    this.#play = el('button', { type: 'button', className: 'primary', id: 'play', onclick: () => app.player.toggle(app.current) });
    this.#seek = el('input', {
      type: 'range', id: 'seek', className: 'seek', min: 0, max: 1, step: 0.01, value: 0, 'aria-label': 'Position',
      oninput: () => app.player.play(app.current, Number(this.#seek.value)),
    });
    app.on('current selection mode taught', () => this.#show());
    app.on('rows found', () => {
      // Rows that arrive must not take away what is being typed.
      if (!byId('sound').querySelector('.lesson')?.contains(document.activeElement)) this.#show();
    });
    app.on('theme', () => this.#drawWave());
    app.player.addEventListener('change', () => this.#moved());
    app.player.addEventListener('move', () => this.#moved());
    app.player.addEventListener('fail', () => app.alert(app.source.missing(app.player.id)));
    new ResizeObserver(() => this.#drawWave()).observe(this.#wave);
    this.#show();
  }

  #show() {
    const app = this.#app;
    const { library, current: id } = app;
    const panel = byId('sound');
    if (id < 0) {
      fill(panel,
        app.mode === 'teach' && this.#teaching(),
        el('h2', {}, 'No sound chosen'),
        el('p', { className: 'soft' }, `Every point is a sound, where the model hears it${this.#directions()}. Choose one to hear it.`),
        el('p', { className: 'soft' }, 'To find some, say how they should sound. Arrow keys walk from a sound to its neighbours.'));
      return;
    }

    const focused = panel.contains(document.activeElement) ? document.activeElement.id : '';
    fill(panel,
      app.mode === 'teach' && this.#teaching(),
      el('h2', {
        id: 'name', className: 'name', draggable: true, title: 'Drag into another program', ondragstart: (event) => dragFile(app, id, event),
      }, library.name(id)),
      el('p', { className: 'soft path' }, library.brought.has(id) ? 'Added here, not in the folder: gone when the explorer ends'
        : library.folder(id) || '\u00a0'),
      el('div', { className: 'player' }, this.#wave, this.#seek),
      el('div', { className: 'row' }, this.#play, this.#time),
      this.#answers(id),
      this.#doubt(id),
      this.#actions(id),
      app.mode === 'teach' && !library.brought.has(id) ? this.#lesson(id) : this.#taught(id));
    if (focused) byId(focused)?.focus({ preventScroll: true });
    this.#moved();
    this.#loadWave(id);
  }

  /** How to correct; in the panel, for above the plane it would move every point. */
  #teaching() {
    const how = this.#app.state.model.targets.length > 0 ? 'drag a sound to where it belongs, or give its values here'
      : 'choose a sound and give its emotion here';
    return el('p', { id: 'teaching', role: 'note' }, `Teaching: ${how}. Corrections go to labels.csv beside the sounds.`);
  }

  /** What lies where, in words; empty where places say nothing. */
  #directions() {
    const { layout } = this.#app;
    if (layout.kind === 'classes') return ': in the middle of an emotion that it is sure of, at the edge in doubt';
    const ends = [layout.across && `${layout.across.poles[1]} to the right`, layout.up && `${layout.up.poles[1]} at the top`].filter(Boolean);
    return ends.length > 0 ? `: ${ends.join(', ')}` : '';
  }

  #answers(id) {
    const { library, state: { model } } = this.#app;
    if (model.classes.length > 0 && model.targets.length === 0) {
      const rows = model.classes.map((label, i) => ({ label, i, share: library.at(`p:${label}`, id) }))
        .sort((a, b) => b.share - a.share);
      return el('dl', { className: 'answers classes' }, ...rows.flatMap(({ label, i, share }) => [
        el('dt', { className: label === library.label[id] ? 'said' : '' }, label),
        el('dd', {}, meter(share, 0, share, `kind-${i % 10}`), el('span', {}, Number.isNaN(share) ? '' : `${Math.round(100 * share)} %`)),
      ]), ...this.#truthRow(library.trueLabel[id]));
    }

    return el('dl', { className: 'answers' }, ...model.targets.flatMap((target) => {
      const value = library.at(`value:${target.name}`, id);
      const truth = library.at(`truth:${target.name}`, id);
      const place = (each) => Math.max(0, Math.min(1, (each - target.low) / (target.high - target.low)));
      const middle = place((target.low + target.high) / 2);
      const bar = meter(place(value), Math.min(middle, place(value)), Math.max(middle, place(value)));
      if (!Number.isNaN(truth)) bar.append(mark(place(truth)));
      const [low, high] = [library.at(`low:${target.name}`, id), library.at(`high:${target.name}`, id)];
      return [
        el('dt', {}, target.name, el('span', { className: 'words' }, inWords(target, value))),
        el('dd', { 'data-target': target.name, 'data-value': value },
          bar, el('span', {}, number(value)),
          !Number.isNaN(low) && el('small', {}, `${number(low)} to ${number(high)}`),
          !Number.isNaN(truth) && el('small', {}, `truth ${number(truth)}`)),
      ];
    }));
  }

  #truthRow(label) {
    return label === undefined ? [] : [el('dt', {}, 'truth'), el('dd', { className: 'plain' }, label)];
  }

  #doubt(id) {
    const { library } = this.#app;
    const parts = [
      library.mayBe[id] && `in nine of ten cases it is ${oneOf(library.mayBe[id])}`,
      `${number(library.at('loudness', id), 0)} dB`,
      library.column('brightness') && `brightness ${Math.round(library.at('brightness', id)).toLocaleString('en')} Hz`,
      library.column('familiarity') && `familiarity ${number(library.at('familiarity', id))}`,
      library.group[id] !== undefined && `group ${library.group[id]}`,
      library.column('fold') && `fold ${library.at('fold', id)}`,
      library.column('error') && `error ${number(library.at('error', id))}`,
    ];
    return el('p', { className: 'soft facts' }, parts.filter((part) => part && !/NaN|–/.test(part)).join(' · '));
  }

  #actions(id) {
    const app = this.#app;
    const { abilities, model } = app.state;
    const long = app.library.at('seconds', id) > (model.windowSeconds ?? 6);
    const like = app.asked.like?.id === id;
    return el('div', { className: 'row wrap' },
      el('button', {
        type: 'button', id: 'choose-this', 'aria-pressed': app.selection.has(id), onclick: () => app.selection.toggle(id),
      }, 'Select'),
      abilities.similar && el('button', {
        type: 'button', id: 'like', 'aria-pressed': like,
        onclick: () => (like ? app.forgetLike() : app.findLike(id).catch((error) => app.alert(error.message))),
      }, 'Sounds like this'),
      abilities.windows && long && el('button', { type: 'button', id: 'along', onclick: () => this.actions.along(id) }, 'Along time'),
      el('button', { type: 'button', id: 'copy', onclick: () => copyPath(app, [id]) }, 'Copy path'));
  }

  #taught(id) {
    const lesson = this.#app.library.taught.get(id);
    if (!lesson) return null;
    const said = lesson.label ?? Object.entries(lesson.values ?? {}).map(([name, value]) => `${name} ${number(value)}`).join(', ');
    return el('p', { className: 'taught' }, `Corrected to ${said}`);
  }

  /** Fields for a correction: the same as dragging, for the keyboard. */
  #lesson(id) {
    const app = this.#app;
    const { library, state: { model } } = app;
    const lesson = library.taught.get(id);
    const fields = model.targets.map((target) => {
      // An answer may lie beyond the scale, a correction may not.
      const answer = Math.max(target.low, Math.min(target.high, library.at(`value:${target.name}`, id)));
      const now = lesson?.values?.[target.name] ?? answer;
      const field = el('input', {
        type: 'number', id: `teach-${target.name}`, min: target.low, max: target.high, step: 0.01,
        value: Number.isFinite(now) ? String(Math.round(100 * now) / 100) : '',
      });
      return { target, field };
    });
    const classes = model.classes.length > 0 && model.targets.length === 0 && el('select', { id: 'teach-label' },
      ...model.classes.map((label) => el('option', { value: label, selected: label === (lesson?.label ?? library.label[id]) }, label)));
    const save = () => this.actions.teach(id, classes ? { label: classes.value } : {
      values: Object.fromEntries(fields.filter(({ field }) => field.value !== '').map(({ target, field }) => [target.name, field.valueAsNumber])),
    });
    return el('form', { className: 'lesson', onsubmit: (event) => { event.preventDefault(); save(); } },
      el('h3', {}, 'It should be'),
      ...fields.map(({ target, field }) => el('label', {}, target.name, field)),
      classes && el('label', {}, 'emotion', classes),
      el('div', { className: 'row wrap' },
        el('button', { type: 'submit', id: 'teach-save' }, 'Save correction'),
        lesson && el('button', { type: 'button', id: 'teach-forget', onclick: () => this.actions.teach(id, { forget: true }) }, 'Forget it')));
  }

  async #loadWave(id) {
    const pairs = await this.#peaks.of(id);
    if (this.#app.current !== id) return;
    this.#pairs = pairs;
    this.#drawWave();
  }

  #moved() {
    const { player, library, current: id } = this.#app;
    const playing = player.playing && player.id === id;
    const seconds = id >= 0 ? library.at('seconds', id) : 0;
    const now = player.id === id ? player.time : 0;
    fill(this.#play, icon(playing ? 'stop' : 'play'), playing ? 'Stop' : 'Play');
    this.#time.textContent = `${clock(now)} / ${clock(seconds)}`;
    this.#seek.max = String(seconds || 1);
    this.#seek.value = String(now);
    this.#seek.setAttribute('aria-valuetext', `${now.toFixed(1)} of ${seconds.toFixed(1)} seconds`);
    this.#drawWave();
  }

  #drawWave() {
    const { clientWidth: width, clientHeight: height } = this.#wave;
    if (!width || this.#app.current < 0) return;
    const { player, library, current: id, theme } = this.#app;
    const share = player.id === id ? player.time / library.at('seconds', id) : 0;
    drawPeaks(fitCanvas(this.#wave, width, height).context, this.#pairs, width, height, { color: theme.soft, done: theme.current, share });
  }
}

/** "calm, sad or angry" from "calm, sad, angry". */
function oneOf(names) {
  return names.replace(/, (?=[^,]*$)/, ' or ');
}

function clock(seconds) {
  const whole = Math.max(0, seconds || 0);
  return `${Math.floor(whole / 60)}:${(whole % 60).toFixed(1).padStart(4, '0')}`;
}

/** A bar from one share to another, with a knob. */
function meter(knob, from, to, className = '') {
  const extent = el('i', { className: `fill ${className}` });
  extent.style.left = `${100 * Math.min(from, to) || 0}%`;
  extent.style.width = `${100 * Math.abs(to - from) || 0}%`;
  const bar = el('span', { className: 'meter', 'aria-hidden': true }, extent);
  if (Number.isFinite(knob)) bar.append(mark(knob, 'knob'));
  return bar;
}

function mark(share, className = 'truth') {
  const element = el('i', { className });
  element.style.left = `${100 * share}%`;
  return element;
}

/** Puts the paths of rows on the clipboard, one a line. */
export async function copyPath(app, ids) {
  const text = ids.map((id) => app.fullPath(id)).join('\n');
  try {
    await navigator.clipboard.writeText(text);
    app.alert(ids.length === 1 ? `Copied ${text}` : `Copied ${ids.length} paths`, true);
  } catch {
    app.alert('The browser does not let this page copy.');
  }
}
