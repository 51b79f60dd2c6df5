// What the daemon tells by itself.

/** The kinds of its events. */
export const KINDS = [
  'published', 'refused', 'held', 'rolled_back', 'settled',
  'connected', 'disconnected', 'acked', 'nacked',
];
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * The stream of events. It is closed while nobody looks: browsers allow few connections to a host,
 * and each open tab would keep one.
 */
export class Live {
  #observer;
  #stream;
  #timer;
  #wait = FIRST_WAIT_MS;

  /** @param observer is told heard(kind, event), connected() and disconnected() */
  constructor(observer) {
    this.#observer = observer;
    document.addEventListener('visibilitychange', () => document.hidden ? this.#close() : this.open());
  }

  open() {
    this.#close();
    const stream = new EventSource('api/v1/events');
    this.#stream = stream;
    stream.onopen = () => {
      this.#wait = FIRST_WAIT_MS;
      this.#observer.connected();
    };
    stream.onerror = () => this.#lost();
    for (const kind of KINDS) {
      stream.addEventListener(kind, ({data}) => this.#observer.heard(kind, parsed(data)));
    }
    stream.addEventListener('reset', () => this.#observer.connected());
  }

  /** The browser's own way to connect again gives up at an HTTP error, and waits as long each time. */
  #lost() {
    this.#close();
    this.#timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    this.#observer.disconnected();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
  }
}

function parsed(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}
