// What is shown for an address that names nothing.

import {html} from './lib/lit-html/lit-html.js';

export const nowhere = {
  title: () => 'Nothing here',
  sources: () => ({}),
  show: () => html`
    <h1 tabindex="-1">Nothing here</h1>
    <p class="card empty">This address names no view. <a href="#/">To the fleet</a></p>`,
};
