// How the page asks the daemon. Paths are relative: the page may lie behind a proxy's prefix.

const PATIENCE_MS = 10_000;
const ROOT = 'api/v1/';

/** The daemon's answer is an error: what it says of itself. */
export class Refusal extends Error {
  constructor(status, {title, detail} = {}) {
    super(detail || title || `the daemon answered ${status}`);
    this.title = title;
    this.status = status;
  }
}

/** There is no answer. */
export class Silence extends Error {}

/** A name as a part of a path; half a surrogate pair, which a client may send, stays an error of its own. */
export const part = (name) => encodeURIComponent(String(name).toWellFormed?.() ?? name);

/** What is at a path of the API, `nodes` or `groups/edge`. */
export async function get(path, signal) {
  return answered(await send(ROOT + path, {signal}));
}

/** Does what is at a path of the API. */
export async function post(path, body, signal) {
  const headers = {'Content-Type': 'application/json'};
  return answered(await send(ROOT + path, {signal, headers, method: 'POST', body: JSON.stringify(body)}));
}

/** Whether the daemon is ready, and what it says of that. */
export async function readiness(signal) {
  const answer = await send('readyz', {signal});
  const lines = (await answer.text()).trim().split('\n');
  return answer.ok
    ? {ready: true, degraded: lines.slice(1).map((line) => line.replace(/^degraded: /, ''))}
    : {ready: false, why: lines.join('\n')};
}

async function send(path, {signal, ...more}) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const either = signal ? AbortSignal.any([signal, patience]) : patience;
  try {
    return await fetch(path, {...more, signal: either, cache: 'no-store'});
  } catch (error) {
    throw new Silence(patience.aborted
      ? `no answer within ${PATIENCE_MS / 1000} seconds`
      : 'the daemon does not answer');
  }
}

async function answered(answer) {
  const text = await answer.text().catch(() => {
    throw new Silence('the answer was cut off');
  });
  const json = parsed(text);
  if (!answer.ok) {
    throw new Refusal(answer.status, json);
  }
  if (json === undefined) {
    throw new Refusal(answer.status, {detail: 'the answer is not JSON'});
  }
  return json;
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
