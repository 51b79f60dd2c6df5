// What an Envoy refused, why, and where that stands in whose file.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {name, origin, since, speech, version} from './parts.js';
import {shortened, visible} from './text.js';

const MOST_LINES = 60;
const LONGEST_LINE = 2_000;

export const refusal = (type, nacked) => html`
  <article class="card refusal">
    <h3>${name(type, 60)} ${version(nacked.version)} <span class="faint">${since(nacked.at)}</span></h3>
    ${nacked.inferred ? html`<p class="faint">It did not say so: it asks for what it had before.</p>` : nothing}
    ${speech(nacked.reason)}
    ${nacked.resource || nacked.file ? where(nacked) : nothing}
    ${nacked.excerpt?.length ? excerpt(nacked) : nothing}
  </article>`;

const where = (nacked) => html`
  <p class="where">${nacked.resource ? name(nacked.resource) : nothing} ${origin(nacked)}</p>`;

/** The lines of the file, that one marked. */
const excerpt = ({excerpt: lines, file, line}) => html`
  <div class="excerpt" role="region" tabindex="0" aria-label="Lines of ${visible(shortened(file ?? 'the file', 200))}">
    <ol>${lines.slice(0, MOST_LINES).map((one) => row(one, one.line === line))}</ol>
  </div>`;

const row = ({line, text}, isMarked) => html`
  <li class=${isMarked ? 'marked' : ''}><span class="line" aria-hidden="true">${line}</span>${isMarked
    ? html`<mark><span class="unseen">Here, in line ${line}: </span>${shown(text)}</mark>`
    : html`<code>${shown(text)}</code>`}</li>`;

const shown = (text) => shortened(String(text ?? ''), LONGEST_LINE).split('\t').map(visible).join('\t');
