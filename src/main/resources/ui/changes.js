// What was published or refused, and when.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {get, part} from './api.js';
import {change, outcome} from './change.js';
import {dash, groupLink, name, shown, since, table, version, when} from './parts.js';
import {chosen, moreButton} from './narrowing.js';
import {address} from './router.js';
import {duration, number, percent} from './text.js';

const PAGE = 50;
const MOST = 200;
const TOLD = ['published', 'refused', 'held', 'rolled_back'];
const SPREADS = ['acked', 'nacked', 'settled'];

export const changes = {
  title: ({id}) => id === null ? 'Changes' : `Change ${id}`,

  sources: (screen) => screen.route.id === null
    ? {changes: {ask: (signal) => list(screen, signal), on: [...TOLD, ...SPREADS], query: ['group']}}
    : {change: {ask: (signal) => get(`changes/${part(screen.route.id)}`, signal), on: SPREADS,
      concerns: (event) => !event.group || event.group === screen.sources.change.data?.group}},

  show: (screen) => screen.route.id === null ? all(screen) : change(screen),
};

function list({route, local}, signal) {
  const query = new URLSearchParams({limit: local.most ?? PAGE});
  const group = route.query.get('group');
  if (group) {
    query.set('group', group);
  }
  return get(`changes?${query}`, signal);
}

function all(screen) {
  const {sources} = screen;
  return html`
    <h1 tabindex="-1">Changes</h1>
    <section aria-labelledby="changes-title">
      <div class="bar">
        <h2 id="changes-title">Newest first</h2>
        ${chosen(screen, 'group')}
      </div>
      ${shown(sources.changes, 'the changes', (data) => rows(screen, data.changes))}
    </section>`;
}

function rows(screen, list) {
  if (list.length === 0) {
    return html`<p class="card empty">None yet: the first state that is published or refused shows here.</p>`;
  }
  const {local, sources} = screen;
  const most = local.most ?? PAGE;
  const more = () => {
    local.most = Math.min(most + PAGE, MOST);
    sources.changes.load();
  };
  return html`
    ${table({label: 'Changes', columns: COLUMNS, rows: list, key: ({id}) => id})}
    ${list.length >= most && most < MOST
      ? moreButton(`the newest ${number(list.length)}`, 'Show older ones', more)
      : nothing}`;
}

const COLUMNS = [
  {head: 'When', cell: (one) => html`<a href=${address(`changes/${part(one.id)}`)}>${when(one.at)}</a>
    <span class="faint">${since(one.at)}</span>`},
  {head: 'Outcome', cell: outcome},
  {head: 'Group', kind: 'id', cell: (one) => groupLink(one.group)},
  {head: 'Version', cell: (one) => version(one.version)},
  {head: 'What', kind: 'wide', cell: (one) => one.message ? name(one.message, 200) : dash},
  {head: 'ACKed', kind: 'number', cell: acked},
  {head: 'Took', kind: 'number', cell: (one) => one.took_ms === null ? dash : duration(one.took_ms)},
];

function acked({nodes, acked: those, nacked, spread}) {
  if ((!spread?.length && !nacked) || (!nodes && !those)) {
    return dash;
  }
  // Some may have left since.
  const all = Math.max(nodes, those);
  return html`<span class=${those < all ? 'part' : ''}>${number(those)} of ${number(all)}</span>
    <span class="faint">${percent(those / all)}</span>
    ${nacked ? html`<span class="part">${number(nacked)} NACKed</span>` : nothing}`;
}
