// Starts the page: shows the view that the address names, and keeps it up to date.

import {html, render} from './lib/lit-html/lit-html.js';
import {dismiss} from './dialog.js';
import {changes} from './changes.js';
import {configuration} from './configuration.js';
import {fleet} from './fleet.js';
import {Live} from './live.js';
import {node} from './node.js';
import {nowhere} from './nowhere.js';
import {route} from './router.js';
import {Screen} from './screen.js';
import {shortened, visible} from './text.js';
import {Trail} from './trail.js';
import {Weather} from './weather.js';

const VIEWS = {fleet, node, configuration, changes, nowhere};
const TAB_OF = {node: 'fleet'};
/** An event may be lost; what is shown is never older than this. */
const AT_LEAST_EVERY_MS = 30_000;

const main = document.getElementById('main');
const said = document.getElementById('said');
const trail = new Trail();
const weather = new Weather(() => changed());
let screen;
let shows = false;

function changed() {
  if (!shows) {
    shows = true;
    queueMicrotask(show);
  }
}

function show() {
  shows = false;
  weather.show(screen.route.view === 'fleet');
  try {
    render(screen.show(), main);
  } catch (error) {
    // A fault of the page, or an answer that is none: the other views still work.
    console.error(error);
    render(html`<h1 tabindex="-1">${visible(shortened(screen.title, 200))}</h1>
      <p class="notice bad" role="alert">This cannot be shown: ${visible(error.message)}</p>`, main);
  }
}

function say(text) {
  said.textContent = text;
}

function navigate() {
  if (location.hash && !location.hash.startsWith('#/')) {
    return;
  }
  const next = route(location.hash);
  if (screen?.route.path === next.path) {
    trail.arrive(next);
    screen.move(next);
    return;
  }
  const isFirst = !screen;
  if (!isFirst) {
    trail.leave(screen);
    screen.close();
  }
  dismiss();
  arrive(next, trail.arrive(next), isFirst);
}

/** Shows it; somebody who does not see the page hears the new heading. */
function arrive(next, left, isFirst) {
  screen = left?.screen ?? new Screen(VIEWS[next.view], next, {changed, say});
  screen.route = next;
  document.title = `${visible(shortened(screen.title, 100))} · my-xds`;
  for (const link of document.querySelectorAll('header nav a')) {
    const isHere = link.dataset.view === (TAB_OF[next.view] ?? next.view);
    link[isHere ? 'setAttribute' : 'removeAttribute']('aria-current', 'page');
  }
  say('');
  show();
  screen.load();
  if (!isFirst) {
    main.querySelector('h1')?.focus({preventScroll: true});
    scrollTo(0, left?.top ?? 0);
  }
}

const live = new Live({
  heard(kind, event) {
    weather.heard(kind);
    screen.heard(kind, event);
  },
  connected() {
    weather.connected();
    screen.refresh();
  },
  disconnected() {
    weather.disconnected();
  },
});

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', navigate);
setInterval(() => document.hidden || (weather.ask(), screen.refresh()), AT_LEAST_EVERY_MS);
setInterval(() => document.hidden || changed(), 10_000);
navigate();
live.open();
