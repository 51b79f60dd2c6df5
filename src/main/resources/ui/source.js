// One thing that a view asks the daemon for. It is asked for again when an event says that it may be
// another, at most once in a while, and never twice at a time.

const AT_MOST_EVERY_MS = 500;

export class Source {
  #ask;
  #changed;
  #underway;
  #timer;
  #again = false;
  #begun = -Infinity;

  /** The last answer; undefined before the first. */
  data;

  /** Why there is no newer answer. */
  error;

  /**
   * @param ask from an AbortSignal to a promise of data
   * @param changed is called when data or error is another
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Asks at once, and forgets the question that is under way: a person waits. */
  async load() {
    this.close();
    const asking = new AbortController();
    this.#underway = asking;
    this.#begun = performance.now();
    const outcome = await this.#ask(asking.signal).then((data) => ({data}), (error) => ({error}));
    if (this.#underway === asking) {
      this.#underway = undefined;
      this.#settle(outcome);
    }
  }

  /** Asks soon; many wishes become one question. */
  wish() {
    if (this.#underway) {
      this.#again = true;
    } else if (!this.#timer) {
      const wait = this.#begun + AT_MOST_EVERY_MS - performance.now();
      this.#timer = setTimeout(() => this.load(), Math.max(0, wait));
    }
  }

  /** Puts in what was learned in another way. */
  put(data) {
    this.#settle({data});
  }

  close() {
    clearTimeout(this.#timer);
    this.#underway?.abort();
    this.#timer = this.#underway = undefined;
    this.#again = false;
  }

  #settle({data, error}) {
    this.error = error;
    if (!error) {
      this.data = data;
    }
    this.#changed();
    if (this.#again) {
      this.#again = false;
      this.wish();
    }
  }
}
