// The head of the page: what is open, how far it is, what must be known about the model.
import { byId, el, fill } from 'explorer/dom';
import { duration } from 'explorer/measures';
import { capital } from 'explorer/words';

export class Head {
  #app;

  constructor(app) {
    this.#app = app;
    const { title, model, notes, kind } = app.state;
    byId('title').textContent = title;
    document.title = `${title} · SerLab`;
    byId('model').textContent = `${kind === 'run' ? 'unheard clips by ' : ''}${model.name}`;
    this.#showChoices();
    byId('notes').hidden = notes.length === 0;
    const [first, ...others] = notes.map((note) => el('p', {}, note));
    fill(byId('notes'), first, others.length > 0 && el('details', { open: !matchMedia('(max-width: 860px)').matches },
      el('summary', {}, others.length === 1 ? 'One more thing to know' : `${others.length} more things to know`), ...others));
    byId('failures').addEventListener('click', () => this.#showFailures());
    app.on('rows', () => this.#failures());
    this.progress(app.state.progress);
  }

  progress({ done, total, failed, secondsLeft, working }) {
    byId('progress').hidden = !working;
    byId('bar').max = Math.max(1, total);
    byId('bar').value = done + failed;
    const left = working && Number.isFinite(secondsLeft) && secondsLeft > 0 ? `, about ${secondsLeft < 60 ? `${Math.ceil(secondsLeft)} s` : duration(secondsLeft)} left` : '';
    byId('progress-text').textContent = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} predicted${left}`;
    this.#failures(failed);
  }

  /** What else of a run can be shown. Nearly all of the page follows from it, so the page is opened anew. */
  #showChoices() {
    const { source, state } = this.#app;
    byId('choices').hidden = state.choices.length === 0;
    fill(byId('choices'), ...state.choices.map(({ name, chosen, options }) => el('label', {}, el('span', {}, capital(name)), el('select', {
      id: `show-${name}`,
      onchange: (event) => source.choose({ [name]: event.target.value }).then(() => location.reload(), (error) => {
        event.target.value = chosen;
        this.#app.alert(error.message);
      }),
    }, ...options.map((option) => el('option', { value: option, selected: option === chosen }, option))))));
  }

  #failures(count = this.#app.library.failed.length) {
    const failed = Math.max(count, this.#app.library.failed.length);
    byId('failures').hidden = failed === 0;
    byId('failures').textContent = `${failed.toLocaleString('en')} could not be read`;
  }

  #showFailures() {
    const dialog = byId('failed');
    fill(dialog,
      el('h2', { id: 'failed-title' }, 'Could not be read'),
      el('dl', {}, ...this.#app.library.failed.slice(0, 500).flatMap(({ path, error }) => [el('dt', {}, path), el('dd', {}, error)])),
      el('form', { method: 'dialog' }, el('button', {}, 'Close')));
    dialog.showModal();
  }
}
