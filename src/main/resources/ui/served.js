// Exactly what a node would be served, asked for when somebody opens it.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {post} from './api.js';
import {counted, empty, groupLink, name, shown, version} from './parts.js';
import {paged} from './narrowing.js';
import {Source} from './source.js';
import {shortened, visibleLines} from './text.js';

const PAGE = 100;
const LONGEST_JSON = 200_000;

/** The part of the node's view; it keeps what it knows in the screen's `local`. */
export function served(screen, node) {
  const {snapshot} = screen.local;
  return html`
    <section aria-labelledby="served-title">
      <h2 id="served-title">What it would be served</h2>
      <details class="card" @toggle=${(event) => opened(screen, node, event.target.open)}>
        <summary>Show every resource, as it goes out</summary>
        ${snapshot ? shown(snapshot, 'what it would be served', (data) => whole(screen, data)) : nothing}
      </details>
    </section>`;
}

function opened(screen, node, open) {
  if (open) {
    screen.local.snapshot ??= new Source((signal) => post('snapshot', identity(node), signal), screen.changed);
    screen.local.snapshot.load();
  }
}

/** What of the node may decide about its group, as far as it is told here. */
function identity({id, cluster, locality}) {
  const said = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value));
  return said({id, cluster, locality: locality ? said(locality) : null});
}

function whole(screen, {group, version: now, types}) {
  const all = Object.entries(types ?? {});
  return html`
    <p>Group ${groupLink(group)}, version ${version(now)}</p>
    ${all.length ? all.map(([type, {resources}]) => ofType(screen, type, resources)) : empty('Nothing.')}`;
}

function ofType(screen, type, resources) {
  const list = (some) => html`<ul class="resources">${some.map((one) => resource(screen, type, one))}</ul>`;
  return html`
    <h3>${counted(name(type, 60), resources.length)}</h3>
    ${paged(screen, resources, PAGE, list, `most ${type}`)}`;
}

/** The JSON of what is closed is not in the page: there may be thousands. */
function resource(screen, type, one) {
  const open = screen.local.open ??= new Set();
  const key = `${type} ${one.name}`;
  const toggle = ({target}) => {
    open[target.open ? 'add' : 'delete'](key);
    screen.changed();
  };
  return html`<li><details @toggle=${toggle}>
    <summary>${name(one.name)} <code class="place faint">${name(one.origin, 200)}</code></summary>
    ${open.has(key) ? html`<pre tabindex="0" role="region" aria-label="Resource">${json(one.resource)}</pre>` : nothing}
  </details></li>`;
}

const json = (value) => shortened(visibleLines(JSON.stringify(value, null, 2)), LONGEST_JSON);
