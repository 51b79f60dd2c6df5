// Where somebody comes from. Who goes back finds the list as it was left, at the same place.

const MOST = 10;

export class Trail {
  #kept = new Map();
  #made = 0;
  #here;

  constructor() {
    // What is to be scrolled is not there yet when the browser would do it.
    history.scrollRestoration = 'manual';
  }

  /** Notes that somebody leaves this screen. */
  leave(screen) {
    this.#kept.delete(this.#here);
    this.#kept.set(this.#here, {screen, top: scrollY});
    if (this.#kept.size > MOST) {
      this.#kept.delete(this.#kept.keys().next().value);
    }
  }

  /** Notes where somebody is; what was left there, if they were there before. */
  arrive({path}) {
    this.#here = history.state?.step;
    if (this.#here === undefined) {
      this.#here = `${Date.now()} ${this.#made++}`;
      history.replaceState({step: this.#here}, '');
    }
    const left = this.#kept.get(this.#here);
    return left?.screen.route.path === path ? left : undefined;
  }
}
