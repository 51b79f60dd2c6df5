// A question before something that cannot be taken back.

import {html, nothing, render} from './lib/lit-html/lit-html.js';
import {speech} from './parts.js';

const box = () => document.getElementById('dialog');

/**
 * Asks.
 *
 * @param question {title, text, verb}: text is a template, verb stands on the button
 * @param act what the button does, a promise; what it throws is shown, and may be tried again
 */
export function confirm(question, act) {
  const state = {busy: false, error: undefined};
  const update = () => render(content(question, state, sure), box());
  const sure = async () => {
    if (state.busy) {
      return;
    }
    Object.assign(state, {busy: true, error: undefined});
    update();
    const error = await act().then(() => undefined, (failure) => failure);
    Object.assign(state, {busy: false, error});
    if (error) {
      update();
    } else {
      box().close();
    }
  };
  update();
  box().showModal();
}

/** Leaves what is asked undone. */
export const dismiss = () => box().close();

const content = ({title, text, verb}, {busy, error}, sure) => html`
  <h2 id="dialog-title">${title}</h2>
  ${text}
  <div role="alert">${error ? html`<div class="notice bad">${speech(error.message)}</div>` : nothing}</div>
  <p class="buttons">
    <button type="button" @click=${dismiss}>Cancel</button>
    <button type="button" class="strong" aria-disabled=${busy} @click=${sure}>${verb}</button>
  </p>`;
