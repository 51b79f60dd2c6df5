// One change: what became another, field by field, and how fast it spread.

import {html, nothing} from './lib/lit-html/lit-html.js';
import './plot.js';
import {paged} from './narrowing.js';
import {address} from './router.js';
import {
  badge, counted, dash, empty, facts, groupLink, name, origin, shown, speech, table, version, when,
} from './parts.js';
import {count, duration, number, percent, shortened, visibleLines} from './text.js';

const PAGE = 50;
const MOST_FIELDS = 100;
const MOST_OF_A_VALUE = 2_000;
const MOST_STEPS = 100;

/** The view of the change that the screen's route names. */
export function change(screen) {
  const {route, sources} = screen;
  const {data} = sources.change;
  return html`
    <p class="path"><a href="#/changes">Changes</a> <span aria-hidden="true">›</span> Change</p>
    <div class="title">
      <h1 tabindex="-1">Change ${name(route.id, 40)}</h1>
      ${data ? outcome(data) : nothing}
    </div>
    ${shown(sources.change, 'the change', (one) => whole(screen, one))}`;
}

/** The outcome of a change in one word: nodes can NACK what was published. */
export function outcome({outcome: told, acked, nacked}) {
  const isNacked = told === 'published' && nacked > 0;
  return badge(isNacked ? (acked > 0 ? 'partly_nacked' : 'nacked') : told);
}

function whole(screen, one) {
  return html`
    ${one.message ? message(one) : nothing}
    ${facts([
      ['Group', groupLink(one.group)],
      ['When', when(one.at)],
      ['Version', version(one.version)],
      ['Before', one.before ? version(one.before) : 'nothing'],
      ['NACKed by', one.nacked ? html`<a href=${address('', {group: one.group, state: 'refusing'})}>
        ${count(one.nacked, 'node')}</a>` : null],
      ['Took', one.took_ms === null ? null : duration(one.took_ms)],
      ['History', html`<a href=${address('changes', {group: one.group})}>Changes of this group</a>`],
    ])}
    ${spread(one)}
    ${differences(screen, one)}`;
}

const message = ({message: text, outcome}) => html`
  <div class="notice ${outcome === 'published' ? '' : 'odd'}">${speech(text)}</div>`;

function spread({spread: steps, nodes, acked}) {
  if (!steps?.length) {
    return nothing;
  }
  const [last] = steps.at(-1);
  const all = Math.max(nodes, acked, 1);
  return html`
    <section aria-labelledby="spread-title">
      <h2 id="spread-title">How it spread</h2>
      <figure class="card">
        <figcaption>${number(acked)} of ${count(all, 'node')} ACKed it (${percent(acked / all)});
          the last of them after ${duration(last)}.</figcaption>
        <ack-plot .steps=${steps} aria-hidden="true"></ack-plot>
        <details><summary>The same in numbers</summary>${numbers(thinned(steps))}</details>
      </figure>
    </section>`;
}

const numbers = (steps) => table({label: 'Share of nodes that ACKed', rows: steps, key: ([ms]) => ms, columns: [
  {head: 'After', cell: ([ms]) => duration(ms)},
  {head: 'ACKed', cell: ([, share]) => percent(share)},
]});

/** Evenly fewer, the last one among them. */
function thinned(steps) {
  const stride = Math.ceil(steps.length / MOST_STEPS);
  return steps.filter((step, at) => at % stride === 0 || at === steps.length - 1);
}

function differences(screen, {changes: all, outcome}) {
  const list = (some) => html`<ol class="card differences">${some.map(difference)}</ol>`;
  return html`
    <section aria-labelledby="differences-title">
      <h2 id="differences-title">${counted('What is different', all?.length)}</h2>
      ${all?.length ? paged(screen, all, PAGE, list) : empty(all ? 'Nothing that is served.' : unknown(outcome))}
    </section>`;
}

const unknown = (outcome) => outcome === 'refused'
  ? 'It was refused: nothing that is served is another.'
  : 'It is not known any more.';

const difference = (one) => html`
  <li>
    <p class="where">${badge(one.change)} <span class="faint">${name(one.type, 60)}</span>
      <strong>${name(one.name)}</strong> ${one.file ? origin(one) : nothing}</p>
    ${one.detail ? html`<p class="faint">${name(one.detail, 300)}</p>` : nothing}
    ${one.fields?.length ? fields(one.fields) : nothing}
  </li>`;

function fields(all) {
  const rest = all.length - MOST_FIELDS;
  return html`
    ${table({label: 'Fields', columns: FIELD, rows: all.slice(0, MOST_FIELDS), key: ({path}, at) => `${at} ${path}`})}
    ${rest > 0 ? html`<p class="faint">and ${number(rest)} more fields</p>` : nothing}`;
}

const FIELD = [
  {head: 'Field', cell: ({path}) => html`<code>${name(path, 300)}</code>`},
  {head: 'Before', kind: 'value', cell: ({before, secret}) => secret ? hidden : value('del', before)},
  {head: 'After', kind: 'value', cell: ({after, secret}) => secret ? hidden : value('ins', after)},
];

const hidden = html`<span class="faint">a secret</span>`;

function value(kind, text) {
  if (text === null || text === undefined) {
    return dash;
  }
  const whole = shortened(visibleLines(text), MOST_OF_A_VALUE);
  return kind === 'del' ? html`<del>${whole}</del>` : html`<ins>${whole}</ins>`;
}
