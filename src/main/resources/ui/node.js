// One node: what it runs, what it refused and why, what it would be served.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {get, part, post} from './api.js';
import {KINDS} from './live.js';
import {
  badge, counted, dash, empty, facts, groupLink, name, nodeLink, sharing, shown, since, table, version, when,
} from './parts.js';
import {lag, standing} from './reasons.js';
import {refusal} from './refusal.js';
import {served} from './served.js';
import {count, number, words} from './text.js';

const MOST_NAMES = 200;

export const node = {
  title: ({id}) => `Node ${id}`,

  sources: (screen) => ({
    node: {
      ask: (signal) => get(`nodes/${part(screen.route.id)}${from(screen.route)}`, signal),
      query: ['address'],
      on: KINDS,
      concerns: (event) => concerns(screen, event),
    },
  }),

  show: (screen) => html`
    <p class="path"><a href="#/">Fleet</a> <span aria-hidden="true">›</span> Node</p>
    ${title(screen)}
    ${shown(screen.sources.node, 'the node', (data) => whole(screen, data))}`,
};

function from({query}) {
  const one = query.get('address');
  return one ? `?${new URLSearchParams({address: one})}` : '';
}

function concerns({route, sources}, event) {
  const group = sources.node.data?.group;
  return event.node ? event.node === route.id : !event.group || !group || event.group === group;
}

function title({route, sources}) {
  const {data} = sources.node;
  return html`<div class="title">
    <h1 tabindex="-1">${name(route.id, 200)}</h1> ${data ? badge(data.state) : nothing}
  </div>`;
}

function whole(screen, data) {
  const types = Object.entries(data.types ?? {});
  const refused = types.filter(([, type]) => type.nacked);
  return html`
    ${lastGood(data)}
    ${refused.length ? refusals(screen, data, refused) : nothing}
    ${about(data)}
    <section aria-labelledby="types-title">
      <h2 id="types-title">${counted('What it runs', types.length)}</h2>
      ${types.length ? runs(types) : empty(idle(data))}
    </section>
    ${streams(data.streams ?? [])}
    ${others(data)}
    ${served(screen, data)}`;
}

const idle = ({state}) => state === 'unmatched'
  ? 'Nothing: no group is for this node. It is served as soon as there is one.'
  : 'Nothing: it has not asked for anything yet.';

function lastGood({desired_version: desired, served_version: now, group}) {
  return desired && now && desired !== now ? html`
    <div class="notice odd"><p>It is served ${version(now)}, the last good state of group ${groupLink(group)},
      instead of ${version(desired)}.</p></div>` : nothing;
}

function refusals(screen, data, refused) {
  const {busy, told} = screen.local;
  return html`
    <section aria-labelledby="refused-title">
      <div class="bar">
        <h2 id="refused-title">${counted('Refused', refused.length)}</h2>
        <button type="button" aria-disabled=${Boolean(busy)} @click=${() => retry(screen, data)}>Retry</button>
      </div>
      ${told ? html`<p class="notice ${told.good ? 'good' : 'bad'}">${told.text}</p>` : nothing}
      ${refused.map(([key, {nacked}]) => refusal(key, nacked))}
    </section>`;
}

/** Offers what the node refused once more. */
async function retry(screen, {id}) {
  const {local} = screen;
  if (local.busy) {
    return;
  }
  local.busy = true;
  screen.changed();
  const error = await post('retry', {node: id}).then(() => undefined, (failure) => failure);
  local.busy = false;
  local.told = error
    ? {good: false, text: `Not offered again: ${error.message}`}
    : {good: true, text: 'Offered again. What the node says to it shows here.'};
  screen.say(local.told.text);
  screen.changed();
  screen.sources.node.wish();
}

function about(data) {
  const {region, zone, sub_zone: subZone} = data.locality ?? {};
  const locality = [region, zone, subZone].filter(Boolean).join(' / ');
  const features = data.features ?? [];
  return facts([
    ['Group', groupLink(data.group)],
    ['Cluster', data.cluster ? name(data.cluster) : null],
    ['Locality', locality ? name(locality) : null],
    ['Envoy', data.envoy ? name(data.envoy, 40) : null],
    ['Build', data.build ? name(data.build) : null],
    ['Extensions', data.extensions ? number(data.extensions) : null],
    ['Features', features.length ? names(features, 'feature') : null],
    ['Address', data.address ? name(data.address, 60) : null],
    ['Shared', sharing(data)],
    ['Connected', data.state === 'gone' ? null : since(data.connected_at)],
    ['Last seen', data.last_seen ? since(data.last_seen) : null],
    ['Served', data.served_version ? version(data.served_version) : null],
  ]);
}

const runs = (types) => table({label: 'What it runs', columns: COLUMNS, rows: types, key: ([key]) => key});

const COLUMNS = [
  {head: 'Type', cell: ([key]) => name(key, 60)},
  {head: 'State', cell: ([, type]) => badge(standing(type))},
  {head: 'Desired', cell: ([, type]) => version(type.desired)},
  {head: 'Sent', cell: ([, type]) => same(type.sent, type.desired)},
  {head: 'ACKed', cell: ([, type]) => same(type.acked, type.desired)},
  {head: 'Asks for', cell: ([, type]) => asked(type.names ?? [])},
  {head: 'Why', kind: 'wide', cell: ([, type]) =>
    type.nacked ? html`refused ${since(type.nacked.at)}` : lag(type) ?? dash},
  {head: 'Transport', cell: ([, type]) => name(type.transport, 30)},
];

/** One that is as it should be says so in fewer words. */
const same = (has, desired) => has && has === desired ? html`<span class="faint">the same</span>` : version(has);

const asked = (all) => all.length === 1 && all[0] === '*' ? 'everything' : names(all, 'name');

function names(all, one) {
  if (all.length < 2) {
    return name(all[0], 60);
  }
  return html`<details class="names"><summary>${count(all.length, one)}</summary>
    <ul>${all.slice(0, MOST_NAMES).map((each) => html`<li>${name(each)}</li>`)}</ul>
    ${all.length > MOST_NAMES ? html`<p class="faint">and ${count(all.length - MOST_NAMES, 'other')}</p>` : nothing}
  </details>`;
}

/** The other Envoys that have its id. */
function others({others: all = []}) {
  return all.length === 0 ? nothing : html`
    <section aria-labelledby="others-title">
      <h2 id="others-title">${counted('Others with this id', all.length)}</h2>
      ${table({label: 'Others with this id', rows: all, key: (other) => other.address, columns: [
        {head: 'Node', cell: nodeLink},
        {head: 'Address', kind: 'code', cell: (other) => name(other.address, 60)},
        {head: 'State', cell: (other) => badge(other.state)},
        {head: 'Last seen', cell: (other) => since(other.last_seen)},
      ]})}
    </section>`;
}

function streams(all) {
  return all.length === 0 ? nothing : html`
    <section aria-labelledby="streams-title">
      <h2 id="streams-title">${counted('Streams', all.length)}</h2>
      ${table({label: 'Streams', rows: all, key: (stream, at) => at, columns: [
        {head: 'Transport', cell: (stream) => words(stream.transport)},
        {head: 'Address', kind: 'code', cell: (stream) => name(stream.address)},
        {head: 'Since', cell: (stream) => when(stream.since)},
      ]})}
    </section>`;
}
