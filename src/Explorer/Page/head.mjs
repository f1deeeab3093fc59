// The head of the page: what is open, how far it is, what must be known about the model.
import { byId, el, fill } from 'explorer/dom';
import { duration } from 'explorer/measures';
import { capital } from 'explorer/words';

export class Head {
  #app;
  #restart;

  constructor(app) {
    this.#app = app;
    const { title, model, notes, remarks, kind, restart } = app.state;
    byId('title').textContent = title;
    document.title = `${title} · SerLab`;
    byId('model').textContent = `${kind === 'run' ? 'unheard clips by ' : ''}${model.name}`;
    this.#showChoices();
    byId('notes').hidden = notes.length + remarks.length === 0;
    const isWide = !matchMedia('(max-width: 860px)').matches;
    fill(byId('notes'), ...notes.map((note) => el('p', {}, note)), remarks.length > 0 && el('details', { open: kind === 'run' && isWide },
      el('summary', {}, 'How far its test figures can be trusted'), ...remarks.map((remark) => el('p', {}, remark))));
    this.#restart = restart;
    byId('failures').addEventListener('click', () => this.#showFailures());
    app.on('rows', () => this.#failures());
    this.progress(app.state.progress);
  }

  /** Says that nobody answers any more, or that somebody does again. */
  connected(isSo) {
    byId('lost').hidden = isSo;
    fill(byId('lost'), !isSo && 'The explorer has ended: sounds do not play, and nothing new comes. To start it again: ',
      !isSo && el('code', {}, this.#restart));
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
