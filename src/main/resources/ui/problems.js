// Why the newest state is not published.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {badge, groupLink, name, origin, speech} from './parts.js';
import {number} from './text.js';

/** What makes them others. */
export const PROBLEMS = ['published', 'refused', 'held', 'rolled_back', 'settled'];

/** Errors first. */
export const sorted = (problems) =>
  [...problems].sort((a, b) => (a.severity === 'error' ? 0 : 1) - (b.severity === 'error' ? 0 : 1));

/**
 * @param most that many
 * @param others what stands for the rest, from its size
 */
export function problemList(problems, most, others = (rest) => `and ${number(rest)} more`) {
  const rest = problems.length - most;
  return html`
    <ol class="card problems">
      ${sorted(problems).slice(0, most).map(problem)}
      ${rest > 0 ? html`<li>${others(rest)}</li>` : nothing}
    </ol>`;
}

function problem(one) {
  const {severity, message, resource, group} = one;
  return html`
    <li>
      <p class="where">
        ${badge(severity)} ${one.file ? origin(one) : nothing}
        ${resource ? html`<span class="faint">${name(resource.type, 40)} ${name(resource.name)}</span>` : nothing}
        ${group ? html`<span class="faint">group ${groupLink(group)}</span>` : nothing}
      </p>
      ${speech(message)}
    </li>`;
}
