// Plays one sound at a time.

export class Player extends EventTarget {
  #source;

  constructor(source) {
    super();
    this.#source = source;
    this.audio = new Audio();
    this.audio.preload = 'auto';
    this.audio.id = 'audio';
    this.audio.hidden = true;
    document.body.append(this.audio);
    this.id = -1;
    for (const event of ['play', 'pause', 'ended', 'seeked', 'loadedmetadata']) {
      this.audio.addEventListener(event, () => this.#tell('change'));
    }

    this.audio.addEventListener('playing', () => this.#follow());
    this.audio.addEventListener('error', () => {
      if (this.audio.getAttribute('src')) this.#tell('fail');
    });
  }

  get playing() {
    return !this.audio.paused && !this.audio.ended;
  }

  /** Where in the sound it is, in seconds. */
  get time() {
    return this.audio.currentTime;
  }

  /** Plays a row from a time on. */
  play(id, from = 0) {
    if (id !== this.id) {
      this.id = id;
      this.audio.src = this.#source.audio(id);
    }

    this.audio.currentTime = from;
    // Browsers refuse to play before the first click or key; the next one is let through.
    this.audio.play().catch(() => this.#tell('change'));
  }

  stop() {
    this.audio.pause();
  }

  toggle(id) {
    if (this.playing && (id < 0 || id === this.id)) this.stop();
    else if (id >= 0) this.play(id);
  }

  #follow() {
    this.#tell('move');
    if (this.playing) requestAnimationFrame(() => this.#follow());
  }

  #tell(event) {
    this.dispatchEvent(new Event(event));
  }
}
