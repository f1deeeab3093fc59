// Where rows, sounds and answers come from: a server, or the one file of an export. Both are asked the same.
import { playlist, table } from 'explorer/csv';

/** The source of this page. */
export function openSource() {
  return globalThis.serlabLibrary ? new StaticSource(globalThis.serlabLibrary) : new ServerSource();
}

async function json(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error('The explorer does not answer: it has ended, or the computer slept.');
  }

  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(content?.error ?? `The explorer answered ${answer.status}.`);
  return content;
}

function tell(address, what) {
  return json(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) });
}

class ServerSource {
  state() {
    return json('api/state');
  }

  clips(since) {
    return json(`api/clips?since=${since}`);
  }

  /** Calls with the progress as it changes; returns what ends it. */
  watch(progressed, lost) {
    const events = new EventSource('api/events');
    events.addEventListener('progress', (event) => progressed(JSON.parse(event.data)));
    events.addEventListener('error', lost);
    events.addEventListener('open', () => lost(null));
    return () => events.close();
  }

  audio(id) {
    return `api/clips/${id}/audio`;
  }

  /** Why a sound cannot be played. */
  missing() {
    return 'This sound cannot be played: the file is not there, or not readable.';
  }

  file(id) {
    return new URL(`api/clips/${id}/file`, location.href).href;
  }

  async peaks(id) {
    return (await json(`api/clips/${id}/waveform`)).peaks;
  }

  similar(id, count) {
    return json(`api/clips/${id}/similar?count=${count}`);
  }

  windows(id, seconds, hop) {
    return json(`api/clips/${id}/windows?seconds=${seconds}&hop=${hop}`);
  }

  upload(name, bytes) {
    return json(`api/upload?name=${encodeURIComponent(name)}`, { method: 'POST', body: bytes });
  }

  teach(lesson) {
    return tell('api/teach', lesson);
  }

  /** Shows something else of a run: options by the names of choices. */
  choose(choices) {
    return tell('api/choose', choices);
  }

  /** Lets the browser download rows as `table`, `playlist` or `zip`, by a form in a frame: nothing is held in the page. */
  take(what, ids, failed) {
    const frame = document.getElementById('downloads');
    // A download leaves the frame empty; what loads there is the sentence of an error.
    frame.onload = () => {
      const text = frame.contentDocument?.body?.textContent?.trim();
      if (text) failed(sentenceOf(text));
    };
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: `api/${what}`, target: 'downloads', hidden: true });
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'ids', value: ids === 'all' ? 'all' : ids.join(',') });
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }
}

function sentenceOf(text) {
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text.slice(0, 200);
  }
}

class StaticSource {
  #library;
  #rows = new Map();
  #peaks;
  #features;

  constructor(library) {
    this.#library = library;
    library.clips.id.forEach((id, row) => this.#rows.set(id, row));
    this.#peaks = library.peaks ? bytes(library.peaks) : null;
    this.#features = library.features ? bytes(library.features.data) : null;
  }

  async state() {
    const { state } = this.#library;
    const similar = this.#features !== null;
    return { ...state, abilities: { upload: false, teach: false, windows: false, zip: false, ...state.abilities, similar } };
  }

  async clips(since) {
    return since === 0 ? this.#library.clips : { revision: since, id: [] };
  }

  watch() {
    return () => {};
  }

  audio(id) {
    const path = this.#library.clips.path[this.#rows.get(id)];
    return (this.#library.audio ?? '') + path.split('/').map(encodeURIComponent).join('/') + (this.#library.suffix ?? '');
  }

  /** Where the sounds lie, seen from the page; nothing where they are copied beside it. */
  get elsewhere() {
    const { audio = '' } = this.#library;
    return /^sounds\//.test(audio) ? '' : decodeURIComponent(audio);
  }

  missing(id) {
    return this.elsewhere
      ? `This sound is not where the page looks for it, ${decodeURIComponent(this.audio(id))}, or no browser plays its format. A page that `
        + 'moves needs its sounds: explore with --html and --with-sounds copies them.'
      : 'This sound is not beside the page, or this browser does not play its format.';
  }

  file(id) {
    return new URL(this.audio(id), location.href).href;
  }

  async peaks(id) {
    const row = this.#rows.get(id);
    return this.#peaks ? Array.from(this.#peaks.subarray(256 * row, 256 * (row + 1)), (value) => value / 127) : [];
  }

  async similar(id, count) {
    const { dimensions, scale = 1 } = this.#library.features;
    const own = this.#rows.get(id);
    const all = this.#features;
    const near = this.#library.clips.id.map((other, row) => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        const gap = all[row * dimensions + d] - all[own * dimensions + d];
        sum += gap * gap;
      }

      return { id: other, distance: Math.sqrt(sum) * scale };
    }).filter(({ id: other }) => other !== id).sort((a, b) => a.distance - b.distance || a.id - b.id).slice(0, count);
    return { id: near.map((each) => each.id), distance: near.map(({ distance }) => distance) };
  }

  async take(what, ids, failed, library) {
    const rows = ids === 'all' ? library.ids() : ids;
    const text = what === 'table' ? table(library, rows, this.#library.state.tablePrefix) : playlist(library, rows, (id) => this.audio(id));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: what === 'table' ? 'text/csv' : 'audio/x-mpegurl' }));
    link.download = what === 'table' ? 'emotions.csv' : 'sounds.m3u';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}

function bytes(base64) {
  return Int8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
