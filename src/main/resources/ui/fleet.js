// Who is connected, and who does not run what is published.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {get} from './api.js';
import {KINDS} from './live.js';
import {badge, counted, dash, groupLink, name, nodeLink, sharing, shown, since, table} from './parts.js';
import {chosen, moreButton, search} from './narrowing.js';
import {PROBLEMS, problemList} from './problems.js';
import {address, narrowed} from './router.js';
import {count, number, words} from './text.js';
import {reasons} from './reasons.js';

const STATES = ['in_sync', 'behind', 'refusing', 'unmatched', 'gone'];
const PAGE = 100;
const LARGEST_PAGE = 1_000;
const MOST_PROBLEMS = 3;

export const fleet = {
  title: () => 'Fleet',

  sources: (screen) => ({
    nodes: {
      ask: (signal) => nodes(screen, signal),
      on: KINDS,
      query: ['state', 'group', 'q'],
    },
    problems: {ask: (signal) => get('problems', signal), on: PROBLEMS},
  }),

  show: (screen) => html`
    <h1 tabindex="-1">Fleet</h1>
    ${filters(screen)}
    ${troubles(screen.sources.problems)}
    <section aria-labelledby="nodes-title">
      <div class="bar">
        <h2 id="nodes-title">${counted('Nodes', screen.sources.nodes.data?.total)}</h2>
        <search>${chosen(screen, 'group')}
          ${search(screen, 'Search nodes by id, cluster or address', 'Search id, cluster, address')}</search>
      </div>
      ${shown(screen.sources.nodes, 'the nodes', (data) => list(screen, data))}
    </section>`,
};

/** As many as are shown, or the first page. */
async function nodes(screen, signal) {
  const wanted = screen.local.wanted = shownFor(screen);
  let answer = await page(screen, {limit: Math.min(wanted, LARGEST_PAGE)}, signal);
  const all = [...answer.nodes];
  while (answer.next && all.length < wanted) {
    const limit = Math.min(wanted - all.length, LARGEST_PAGE);
    answer = await page(screen, {limit, after: answer.next}, signal);
    all.push(...answer.nodes);
  }
  return {...answer, nodes: all};
}

/** Other nodes begin with the first page again. */
function shownFor({local, route}) {
  const asked = narrowed(route, {});
  const same = local.asked === asked;
  local.asked = asked;
  return same ? local.wanted ?? PAGE : PAGE;
}

function page({route}, more, signal) {
  const query = new URLSearchParams(more);
  for (const key of ['state', 'group', 'q']) {
    if (route.query.get(key)) {
      query.set(key, route.query.get(key));
    }
  }
  return get(`nodes?${query}`, signal);
}

async function showMore(screen) {
  const {local, sources: {nodes: source}} = screen;
  const before = source.data;
  local.wanted = before.nodes.length + PAGE;
  const more = await page(screen, {limit: PAGE, after: before.next}).catch(() => undefined);
  if (more && source.data === before) {
    source.put({...more, nodes: [...before.nodes, ...more.nodes]});
  } else {
    await source.load();
  }
  const {nodes: now, total, next} = source.data;
  screen.say(`${number(now.length)} of ${count(total, 'node')} shown`);
  if (!next) {
    document.querySelectorAll('tbody th a')[before.nodes.length]?.focus();
  }
}

function filters({route, sources}) {
  const {counts = {}} = sources.nodes.data ?? {};
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const known = sources.nodes.data !== undefined;
  const tile = (state, amount) => html`
    <li><a class="tile ${state}" href=${narrowed(route, {state})}
        aria-current=${(route.query.get('state') ?? '') === state ? 'true' : nothing}>
      <span class="amount">${known ? number(amount) : '–'}</span>
      <span class="what">${state ? words(state) : 'all nodes'}</span>
    </a></li>`;
  return html`
    <nav aria-label="Nodes by state">
      <ul class="tiles">${tile('', all)}${STATES.map((state) => tile(state, counts[state]))}</ul>
    </nav>`;
}

function troubles({data}) {
  const problems = data?.problems ?? [];
  const others = (rest) => html`<a href="#/configuration">${count(rest, 'more problem')}</a>`;
  return problems.length === 0 ? nothing : html`
    <section aria-labelledby="problems-title">
      <h2 id="problems-title">${counted('Problems of the newest state', problems.length)}</h2>
      ${problemList(problems, MOST_PROBLEMS, others)}
    </section>`;
}

function list(screen, {nodes: rows, total, next}) {
  if (rows.length === 0) {
    return none(screen);
  }
  const all = table({label: 'Nodes', columns: COLUMNS, rows, key: (node) => `${node.id} ${node.address}`});
  const rest = Math.min(PAGE, total - rows.length);
  return html`${all}${next
    ? moreButton(`${number(rows.length)} of ${number(total)}`, `Show ${number(rest)} more`, () => showMore(screen))
    : nothing}`;
}

const COLUMNS = [
  {head: 'Node', cell: (node) => html`${nodeLink(node)}${shares(node)}`},
  {head: 'State', cell: (node) => badge(node.state)},
  {head: 'Group', kind: 'id', cell: (node) => groupLink(node.group)},
  {head: 'Why', kind: 'wide', cell: (node) => why(node)},
  {head: 'Cluster', kind: 'id', cell: (node) => name(node.cluster, 60)},
  {head: 'Envoy', kind: 'short', cell: (node) => name(node.envoy, 30)},
  {head: 'Address', kind: 'code', cell: (node) => name(node.address, 60)},
  {head: 'Since', cell: (node) => since(node.state === 'gone' ? node.last_seen : node.connected_at)},
];

const shares = (node) => sharing(node) ? html` <span class="faint">${sharing(node)}</span>` : nothing;

function why(node) {
  const all = reasons(node);
  return all.length === 0 ? dash : html`<ul class="reasons">${all.map((reason) => html`<li>${reason}</li>`)}</ul>`;
}

function none({route}) {
  const narrow = ['state', 'group', 'q'].some((key) => route.query.get(key));
  return narrow
    ? html`<p class="card empty">No node is like this. <a href=${address('')}>Show all nodes</a></p>`
    : html`<p class="card empty">None: no Envoy has an xDS stream open.
        <code>my-xds bootstrap --node ID</code> prints the configuration of one that asks here.</p>`;
}
