// What the views are made of. Everything goes into the page as text, never as markup.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {repeat} from './lib/lit-html/directives/repeat.js';
import {Refusal, part} from './api.js';
import {address} from './router.js';
import {ago, moment, number, place, quoted, shortened, visibleLines, words, written} from './text.js';

const MOST_OF_A_NAME = 120;
const MOST_OF_A_HINT = 1_000;
const MOST_OF_A_TEXT = 700;
const LONGEST_TEXT = 20_000;

export const dash = html`<span class="faint">–</span>`;

/** A name from elsewhere; a long one is shortened, and whole in its hint. */
export function name(text, most = MOST_OF_A_NAME) {
  if (text === null || text === undefined || text === '') {
    return dash;
  }
  const whole = quoted(text);
  const cut = shortened(whole, most);
  const hint = cut === whole ? nothing : shortened(whole, MOST_OF_A_HINT);
  return html`<bdi class="name" title=${hint}>${cut}</bdi>`;
}

export const version = (text) => text ? html`<code class="version">${name(text, 40)}</code>` : dash;

/** Where something stands. */
export const origin = (of) => of?.file ? html`<code class="place">${name(place(of), 200)}</code>` : dash;

/** To a node's view. Only an address tells the Envoys of one id apart. */
export function nodeLink({id, address: from, shared, state}) {
  const query = shared > (state === 'gone' ? 0 : 1) ? {address: from} : {};
  return html`<a href=${address(`nodes/${part(id)}`, query)}>${name(id)}</a>`;
}

/** How many Envoys have the id of a node, if there are several. */
export const sharing = ({shared}) => shared > 1 ? `${number(shared)} Envoys share this id` : null;

/** To a group's view; what is for all groups is none. */
export const groupLink = (group) => group && group !== '_common'
  ? html`<a href=${address(`configuration/${part(group)}`)}>${name(group, 60)}</a>`
  : name(group, 60);

/** A state in one word, with its colour. */
export const badge = (state) => html`<span class="badge ${word(state)}">${words(state)}</span>`;

/** What a class of the style sheet may be called. */
export const word = (key) => /^[a-z_]+$/.test(key) ? key : 'unknown';

/** How long ago. */
export function since(text) {
  const date = moment(text);
  return date ? html`<time datetime=${date.toISOString()} title=${written(date)}>${ago(date)}</time>` : dash;
}

/** When. */
export function when(text) {
  const date = moment(text);
  return date ? html`<time datetime=${date.toISOString()} title=${ago(date)}>${written(date)}</time>` : dash;
}

/** What somebody or something said, which may be long and of many lines. */
export function speech(text) {
  const whole = shortened(visibleLines(text ?? ''), LONGEST_TEXT);
  if (whole.length <= MOST_OF_A_TEXT) {
    return html`<p class="speech">${whole}</p>`;
  }
  return html`
    <p class="speech">${shortened(whole, MOST_OF_A_TEXT)}</p>
    <details><summary>All of it</summary><p class="speech">${whole}</p></details>`;
}

/** Pairs of a term and what it stands for; those without a value are left out. */
export function facts(pairs) {
  const told = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return html`<dl class="facts">${told.map(([term, value]) => html`
    <div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/**
 * A table. Its roles are said again, since a narrow window lays it out as cards; there the labels
 * stand in for the head.
 *
 * @param columns {head, cell(row), kind?}; the first one names the row
 * @param key of a row, so that a row that stays is left alone
 */
export function table({label, columns, rows, key}) {
  const head = columns.map((column) => html`
    <th role="columnheader" scope="col" class=${column.kind ?? ''}>${column.head}</th>`);
  return html`
    <table role="table" aria-label=${label}>
      <thead role="rowgroup"><tr role="row">${head}</tr></thead>
      <tbody role="rowgroup">${repeat(rows, key, (row) => line(columns, row))}</tbody>
    </table>`;
}

function line([first, ...others], row) {
  return html`<tr role="row">
    <th role="rowheader" scope="row">${first.cell(row)}</th>
    ${others.map(({cell, head, kind = ''}) => html`<td role="cell" class=${kind} data-label=${head}>${cell(row)}</td>`)}
  </tr>`;
}

/** A heading with how many there are. */
export const counted = (title, amount) =>
  html`${title} <span class="count">${amount === undefined ? nothing : number(amount)}</span>`;

export const empty = (text) => html`<p class="card empty">${text}</p>`;

/**
 * A source's data as the view shows them, or why there are none.
 *
 * @param what it is, for a sentence: `the nodes`
 */
export function shown(source, what, template) {
  if (source.data === undefined) {
    return source.error ? failed(source, what) : loading(what);
  }
  return html`${source.error ? stale(source, what) : nothing}${template(source.data)}`;
}

const loading = (what) => html`
  <div class="card loading" aria-busy="true">
    <p>Loading ${what}…</p>
    <p class="patience">The daemon takes long to answer.</p>
  </div>`;

function failed(source, what) {
  const {error} = source;
  const gone = error instanceof Refusal && error.status === 404;
  return html`
    <div class="card failed" role="alert">
      <p><strong>${gone ? 'Not there' : `Cannot show ${what}`}</strong></p>
      ${speech(error.message)}
      <p><button type="button" @click=${() => source.load()}>Try again</button></p>
    </div>`;
}

const stale = (source, what) => html`
  <div class="notice odd">
    <p>This is what the daemon said last of ${what}; now: ${name(source.error.message, 300)}</p>
    <button type="button" @click=${() => source.load()}>Try again</button>
  </div>`;
