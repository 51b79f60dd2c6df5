// How people see less of a list, or more of it.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {name} from './parts.js';
import {narrowed, replace} from './router.js';
import {number} from './text.js';

const TYPING_MS = 200;

/** What is typed into a view's search, in lower case. */
export const typed = ({query}) => (query.get('q') ?? '').toLowerCase();

/**
 * The field that narrows a view by the address's `q`.
 *
 * @param what is searched, for those who do not see the field
 * @param hint the same, in the field
 */
export function search(screen, what, hint) {
  const {local} = screen;
  const enter = ({target}) => {
    clearTimeout(local.typing);
    // Whoever has gone elsewhere meanwhile stays there.
    const narrow = () => target.isConnected && replace(narrowed(screen.route, {q: target.value.trim()}));
    local.typing = setTimeout(narrow, TYPING_MS);
  };
  return html`
    <label class="unseen" for="search">${what}</label>
    <input id="search" type="search" placeholder=${hint} autocomplete="off" spellcheck="false" maxlength="200"
      .value=${screen.route.query.get('q') ?? ''} @input=${enter}>`;
}

/** What the view is narrowed to by this key of the address, and the way out. */
export function chosen({route}, key, label = key) {
  const value = route.query.get(key);
  return value ? html`<a class="chip" href=${narrowed(route, {[key]: ''})}>${label} ${name(value, 40)}
    <span aria-hidden="true">×</span><span class="unseen">, show all</span></a>` : nothing;
}

/** The first ones of a list that is all here, and a button for more; `local` knows how many. */
export function paged(screen, all, size, template, key = 'most') {
  const {local, changed} = screen;
  const most = local[key] ?? size;
  const more = () => {
    local[key] = most + size;
    changed();
  };
  const rest = all.length - most;
  const button = () =>
    moreButton(`${number(most)} of ${number(all.length)}`, `Show ${number(Math.min(size, rest))} more`, more);
  return html`${template(all.slice(0, most))}${rest > 0 ? button() : nothing}`;
}

export const moreButton = (shown, verb, act) => html`<p class="more">
  <span class="faint">${shown}</span> <button type="button" @click=${act}>${verb}</button></p>`;
