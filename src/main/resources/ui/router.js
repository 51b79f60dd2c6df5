// The address names what is shown: #/, #/nodes/ID, #/configuration[/GROUP], #/changes[/ID]; what is
// behind a ? narrows it.

const VIEWS = {'': 'fleet', nodes: 'node', configuration: 'configuration', changes: 'changes'};

/**
 * @typedef {{view: string, id: ?string, query: URLSearchParams, path: string}} Route
 * path: what is shown, without what narrows it
 */

/** The route that an address means. */
export function route(hash) {
  const [path, query = ''] = split(hash.replace(/^#?\/?/, ''));
  const [first, ...rest] = path.split('/');
  const id = decoded(rest.join('/'));
  const known = Object.hasOwn(VIEWS, first) && (first !== 'nodes' || id !== null);
  const view = !known ? 'nowhere' : first === '' && id ? 'nowhere' : VIEWS[first];
  return {view, id, query: new URLSearchParams(query), path};
}

/** The address of what is at a path, narrowed by the members of query that say something. */
export function address(path, query = {}) {
  const said = Object.entries(query).filter(([, value]) => value);
  const more = new URLSearchParams(said).toString();
  return `#/${path}${more ? `?${more}` : ''}`;
}

/** The route's address with other things behind its ?; an empty one is left out. */
export function narrowed({path, query}, other) {
  return address(path, {...Object.fromEntries(query), ...other});
}

/** Goes there without a step of its own in the browser's history. */
export function replace(hash) {
  history.replaceState(history.state, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function split(text) {
  const at = text.indexOf('?');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text) {
  try {
    return text === '' ? null : decodeURIComponent(text);
  } catch {
    return text;
  }
}
