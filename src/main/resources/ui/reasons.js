// Why a node does not run what is published, in few words.

import {html} from './lib/lit-html/lit-html.js';
import {name, origin} from './parts.js';

const MOST = 3;

/** One line for each type that is not well, the worst first. */
export function reasons(node) {
  if (node.state === 'unmatched') {
    return [html`no group is for it`];
  }
  if (node.state === 'gone') {
    return [html`its streams are closed`];
  }
  const types = Object.entries(node.types ?? {});
  const refused = types.filter(([, type]) => type.nacked).map(([key, {nacked}]) => html`
    ${key} refused${nacked.file ? html` at ${origin(nacked)}` : ''}: ${name(nacked.reason, 160)}`);
  const behind = ([, type]) => !type.nacked && (node.state === 'in_sync' ? absent(type) : lag(type));
  const late = types.filter(behind).map(([key, type]) => html`${name(key, 60)} ${lag(type)}`);
  return [...refused, ...late].slice(0, MOST);
}

/** What a type waits for; undefined if for nothing. */
export function lag(type) {
  if (type.waiting_for) {
    return html`wait for ${name(type.waiting_for, 120)}`;
  }
  if (absent(type)) {
    return html`asked for and not there: ${name(type.missing.slice(0, 5).join(', '), 120)}`;
  }
  if (type.desired !== type.sent) {
    return html`not sent yet`;
  }
  return type.sent !== type.acked ? html`sent, not ACKed yet` : undefined;
}

const absent = (type) => type.missing?.length > 0;

/** The state of one type, in the words of a node's. */
export function standing(type) {
  if (type.nacked) {
    return 'refusing';
  }
  return type.desired === type.acked && !type.waiting_for ? 'in_sync' : 'behind';
}
