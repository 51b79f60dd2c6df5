// Whether the daemon is there, and how it is: the word in the page's head and the banner below it.

import {html, nothing, render} from './lib/lit-html/lit-html.js';
import {readiness} from './api.js';
import {PROBLEMS} from './problems.js';
import {Source} from './source.js';
import {count, shortened, visible, visibleLines, written} from './text.js';

const MOST_LINES = 3;

export class Weather {
  #source;
  #changed;
  #connected;
  #since;

  constructor(changed) {
    this.#changed = changed;
    this.#source = new Source(readiness, changed);
    this.#source.load();
  }

  ask() {
    this.#source.wish();
  }

  heard(kind) {
    if (PROBLEMS.includes(kind)) {
      this.ask();
    }
  }

  connected() {
    this.#connected = true;
    this.#since = undefined;
    this.#source.load();
    this.#changed();
  }

  disconnected() {
    this.#connected = false;
    this.#since ??= new Date();
    this.#changed();
  }

  /** @param whole whether there is room for more than a word about what is degraded */
  show(whole) {
    const {word, text} = this.#word();
    const status = document.getElementById('status');
    status.className = `badge ${word}`;
    if (status.textContent !== text) {
      status.textContent = text;
    }
    render(this.#banner(whole), document.getElementById('banner'));
  }

  #word() {
    const {data} = this.#source;
    if (this.#connected === false) {
      return {word: 'down', text: 'disconnected'};
    }
    if (!data || this.#connected === undefined) {
      return {word: 'waiting', text: 'connecting'};
    }
    if (!data.ready) {
      return {word: 'down', text: 'not ready'};
    }
    return data.degraded.length ? {word: 'degraded', text: 'degraded'} : {word: 'ready', text: 'ready'};
  }

  #banner(whole) {
    const {data} = this.#source;
    if (this.#connected === false) {
      return notice('bad', html`Disconnected: no news from the daemon since
        <time datetime=${this.#since.toISOString()}>${written(this.#since)}</time>.
        What is shown may be old. Trying again.`);
    }
    if (data && !data.ready) {
      return notice('bad', html`<span class="lines">Not ready: ${shortened(visibleLines(data.why), 2_000)}</span>`);
    }
    return whole && data?.degraded.length ? notice('odd', degraded(data.degraded)) : nothing;
  }
}

const notice = (kind, text) => html`
  <div class="notice ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}><p>${text}</p></div>`;

function degraded(lines) {
  const rest = lines.length - MOST_LINES;
  const first = lines.slice(0, MOST_LINES).map((line) => shortened(visible(line), 300)).join('\n');
  return html`<span class="lines">${first}${rest > 0 ? `\nand ${count(rest, 'more group')}` : ''}</span>
    <a href="#/configuration">Look at the configuration</a>`;
}
