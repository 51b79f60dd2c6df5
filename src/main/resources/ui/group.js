// One group: what it is served, who asks for what, what is held.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {part, post} from './api.js';
import {confirm} from './dialog.js';
import {graph, reveal} from './graph.js';
import {
  badge, counted, empty, facts, name, nodeLink, origin, shown, since, speech, table, version,
} from './parts.js';
import {paged, search, typed} from './narrowing.js';
import {problemList} from './problems.js';
import {address, narrowed} from './router.js';
import {count, number, visible} from './text.js';

const PAGE = 100;
const MOST_PROBLEMS = 20;

export const groupTitle = (id) => `Group ${id}`;

/** The state in one word; a rollback differs from the guard's objection. */
export const groupState = ({state, held}) => held?.cause === 'rollback' ? 'rolled_back' : state;

/** The view of the group that the screen's route names. */
export function group(screen) {
  const {route, sources} = screen;
  return html`
    <p class="path"><a href="#/configuration">Configuration</a> <span aria-hidden="true">›</span> Group</p>
    <div class="title">
      <h1 tabindex="-1">${name(route.id, 200)}</h1>
      ${sources.group.data ? badge(groupState(sources.group.data)) : nothing}
    </div>
    ${shown(sources.group, 'the group', (data) => whole(screen, data))}`;
}

function whole(screen, data) {
  const mine = (screen.sources.problems.data?.problems ?? []).filter((one) => one.group === data.name);
  return html`
    ${data.held ? held(screen, data) : nothing}
    ${screen.local.told ? html`<p class="notice good">${screen.local.told}</p>` : nothing}
    ${mine.length ? problems(mine) : nothing}
    ${about(data)}
    ${data.resources.length ? html`${graph(screen, data)}${resources(screen, data)}` : empty(nothingGood(data))}`;
}

const problems = (mine) => html`
  <section aria-labelledby="problems-title">
    <h2 id="problems-title">${counted('Problems', mine.length)}</h2>
    ${problemList(mine, MOST_PROBLEMS)}
  </section>`;

const nothingGood = ({state}) => state === 'refused'
  ? 'Nothing of this group was good yet, so its nodes are served nothing.'
  : 'There is no resource in this group.';

function about(data) {
  const nodes = (state, amount) => amount
    ? html`<a href=${address('', {group: data.name, state})}>${number(amount)}</a>` : null;
  return facts([
    ['Version', data.version ? version(data.version) : null],
    ['Published', data.published_at ? since(data.published_at) : null],
    ['Nodes', nodes('', data.nodes) ?? '0'],
    ['In sync', nodes('in_sync', data.in_sync)],
    ['Behind', nodes('behind', data.behind)],
    ['Refusing', nodes('refusing', data.refusing)],
    ['History', html`<a href=${address('changes', {group: data.name})}>Changes of this group</a>`],
  ]);
}

function held(screen, {name: id, held: {version: next, why, cause, nacks}, nodes}) {
  const approve = async () => {
    await post('approve', {group: id, version: next});
    screen.local.told = `Approved: ${visible(next)} is published.`;
    screen.say(screen.local.told);
    screen.refresh();
  };
  const ask = () => confirm({
    title: cause === 'rollback' ? 'Publish what nodes NACKed?' : 'Publish what is held?',
    text: html`<p>Version ${version(next)} of group ${name(id)} goes out to ${count(nodes, 'node')}.</p>${speech(why)}`,
    verb: 'Publish',
  }, approve);
  const {title, text} = cause === 'rollback' ? ROLLED_BACK : HELD;
  return html`
    <section class="card held-state" aria-labelledby="held-title">
      <h2 id="held-title">${title} ${version(next)}</h2>
      ${speech(why)}
      ${nacks?.length ? html`<ul class="reasons">${nacks.map(nacked)}</ul>` : nothing}
      <p>${text}</p>
      <p><button type="button" class="strong" @click=${ask}>Approve…</button></p>
    </section>`;
}

const HELD = {
  title: 'Held',
  text: 'The guard holds it because it removes much of what nodes run. It is published when somebody approves it; '
    + 'the state before it is served until then.',
};

const ROLLED_BACK = {
  title: 'Rolled back from',
  text: 'The group is served the state before it. Correct the files and save: the new state is published. '
    + 'To publish this one all the same, approve it.',
};

const nacked = (one) => html`
  <li>${nodeLink({id: one.node})} NACKed ${name(one.type, 60)}${one.resource ? html` ${name(one.resource)}` : nothing}
    ${one.file ? html`at ${origin(one)}` : nothing}: ${name(one.reason, 300)}</li>`;

function resources(screen, data) {
  const {route} = screen;
  const unused = route.query.get('unused') === 'true';
  const found = data.resources.filter((one) =>
    `${one.type} ${one.name} ${one.file}`.toLowerCase().includes(typed(route)) && !(unused && one.used));
  const key = (one) => `${one.type} ${one.name}`;
  const list = (rows) => table({label: 'Resources', columns: columns(screen), rows, key});
  return html`
    <section aria-labelledby="resources-title">
      <div class="bar">
        <h2 id="resources-title">${counted('Resources', found.length)}</h2>
        <search>${idle(route, data, unused)}
          ${search(screen, 'Search resources by type, name or file', 'Search type, name, file')}</search>
      </div>
      ${found.length ? paged(screen, found, PAGE, list) : empty('No resource is like this.')}
    </section>`;
}

function idle(route, {resources: all}, unused) {
  const amount = all.filter((one) => !one.used).length;
  return amount || unused ? html`<a class="chip" aria-current=${unused ? 'true' : nothing}
    href=${narrowed(route, {unused: unused ? '' : 'true'})}>${number(amount)} unused</a>` : nothing;
}

const columns = ({route}) => [
  {head: 'Resource', cell: (one) => html`
    <a href=${narrowed(route, {show: `${one.type}/${one.name}`})} @click=${reveal}>${name(one.name)}</a>`},
  {head: 'Type', kind: 'id', cell: (one) => name(one.type, 60)},
  {head: 'Used', cell: (one) => one.used ? 'used' : badge('unused')},
  {head: 'Version', cell: (one) => version(one.version)},
  {head: 'Stands at', kind: 'wide', cell: (one) => origin(one)},
];
