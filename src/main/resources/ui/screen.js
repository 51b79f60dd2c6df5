// A view at work: its route, its sources, and what a person did in it.

import {Source} from './source.js';

/**
 * A view is {title(route), sources(screen), show(screen)}. Each source is {ask(signal), on, query,
 * concerns}: which kinds of event make its answer old, which members of the query it depends on, and
 * whether an event of such a kind is about it at all.
 */
export class Screen {
  #view;
  #specs;

  /** The view's own: what is open, what is typed. Gone with the screen. */
  local = {};

  /**
   * @param changed is called when the screen is to be shown again
   * @param say tells people who cannot see it
   */
  constructor(view, route, {changed, say}) {
    this.#view = view;
    this.route = route;
    this.changed = changed;
    this.say = say;
    this.#specs = view.sources(this);
    this.sources = Object.fromEntries(Object.entries(this.#specs).map(([name, spec]) =>
      [name, new Source((signal) => spec.ask(signal), changed)]));
  }

  get title() {
    return this.#view.title(this.route);
  }

  show() {
    return this.#view.show(this);
  }

  load() {
    return Promise.all(Object.values(this.sources).map((source) => source.load()));
  }

  /** All of it again, soon: what was missed is not known. */
  refresh() {
    Object.values(this.sources).forEach((source) => source.wish());
  }

  heard(kind, event) {
    for (const [name, {on, concerns}] of Object.entries(this.#specs)) {
      if (on.includes(kind) && (!concerns || concerns(event))) {
        this.sources[name].wish();
      }
    }
  }

  /** The same view, narrowed otherwise. */
  move(route) {
    const old = this.route.query;
    this.route = route;
    for (const [name, {query = []}] of Object.entries(this.#specs)) {
      if (query.some((key) => old.get(key) !== route.query.get(key))) {
        this.sources[name].load();
      }
    }
    this.changed();
  }

  close() {
    Object.values(this.sources).forEach((source) => source.close());
  }
}
