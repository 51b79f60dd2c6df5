// What is on disk, what of it is served, and what is wrong with it.

import {html} from './lib/lit-html/lit-html.js';
import {get, part} from './api.js';
import {group, groupState, groupTitle} from './group.js';
import {badge, counted, dash, empty, groupLink, name, shown, since, table, version} from './parts.js';
import {paged, search, typed} from './narrowing.js';
import {PROBLEMS, problemList} from './problems.js';
import {address} from './router.js';
import {count, number} from './text.js';

const PAGE = 100;
const MOST_PROBLEMS = 100;
const COUNTS = ['connected', 'disconnected', 'acked', 'nacked'];

export const configuration = {
  title: ({id}) => id === null ? 'Configuration' : groupTitle(id),

  sources: (screen) => screen.route.id === null
    ? {groups: {ask: (signal) => get('groups', signal), on: [...PROBLEMS, ...COUNTS]}, problems: problems()}
    : {group: ofOne(screen.route.id), problems: problems()},

  show: (screen) => screen.route.id === null ? all(screen) : group(screen),
};

const problems = () => ({ask: (signal) => get('problems', signal), on: PROBLEMS});

const ofOne = (id) => ({
  ask: (signal) => get(`groups/${part(id)}`, signal),
  on: [...PROBLEMS, ...COUNTS],
  concerns: (event) => !event.group || event.group === id,
});

function all(screen) {
  const {groups, problems} = screen.sources;
  return html`
    <h1 tabindex="-1">Configuration</h1>
    <section aria-labelledby="problems-title">
      <h2 id="problems-title">${counted('Problems', problems.data?.problems.length)}</h2>
      ${shown(problems, 'the problems', ({problems: list}) => list.length
        ? problemList(list, MOST_PROBLEMS)
        : empty(noProblem(groups.data?.groups ?? [])))}
    </section>
    <section aria-labelledby="groups-title">
      <div class="bar">
        <h2 id="groups-title">${counted('Groups', groups.data?.groups.length)}</h2>
        <search>${search(screen, 'Search groups by name', 'Search name')}</search>
      </div>
      ${shown(groups, 'the groups', (data) => list(screen, data))}
    </section>`;
}

/** The files can be right, and published, and their nodes NACK them all the same. */
function noProblem(groups) {
  const nodes = groups.reduce((sum, one) => sum + (one.refusing ?? 0), 0);
  return nodes === 0 ? 'None: what is on disk is what is served.' : html`
    None in the files: what is on disk is published. But ${count(nodes, 'node')} NACKed it and
    ${nodes === 1 ? 'is' : 'are'} served an earlier state. <a href=${address('', {state: 'refusing'})}>Show why</a>`;
}

function list(screen, {groups}) {
  if (groups.length === 0) {
    return empty('None yet: a folder in the configuration directory is a group, '
      + 'the resource files in it are what its nodes are served.');
  }
  const found = groups.filter((one) => one.name.toLowerCase().includes(typed(screen.route)));
  return found.length
    ? paged(screen, found, PAGE, (rows) => table({label: 'Groups', columns: COLUMNS, rows, key: (one) => one.name}))
    : empty('No group is called like this.');
}

const COLUMNS = [
  {head: 'Group', cell: (one) => groupLink(one.name)},
  {head: 'State', cell: (one) => badge(groupState(one))},
  {head: 'Version', cell: (one) => version(one.version)},
  {head: 'Published', cell: (one) => since(one.published_at)},
  {head: 'Nodes', kind: 'number', cell: (one) => number(one.nodes)},
  {head: 'In sync', kind: 'number', cell: (one) => number(one.in_sync)},
  {head: 'Behind', kind: 'number', cell: (one) => number(one.behind)},
  {head: 'Refusing', kind: 'number', cell: (one) => number(one.refusing)},
  {head: 'Resources', kind: 'wide', cell: (one) => types(one.types ?? {})},
];

function types(all) {
  const entries = Object.entries(all);
  return entries.length ? html`<ul class="types">${entries.map(([type, one]) => html`
    <li title="version ${one.version}">${name(type, 40)} <strong>${number(one.count)}</strong></li>`)}</ul>` : dash;
}
