// Shows what the API says, every two seconds. Names come from files and from clients: they are
// put into the page as text, never as markup.
'use strict';

const EVERY_MS = 2000;
const PATIENCE_MS = 5000;

const byId = (id) => document.getElementById(id);

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const code = (text) => element('span', {class: 'code'}, text);
const badge = (word) => element('span', {class: `badge ${word}`}, word);
const orDash = (text) => text || '–';

function time(text) {
  return text ? element('time', {datetime: text, title: text}, new Date(text).toLocaleString()) : '–';
}

// The labels stand in for the table's head where that has no room.
function row(table, head, ...cells) {
  const labels = table.querySelectorAll('thead th');
  const made = element('tr', {}, element('th', {scope: 'row'}, head));
  cells.forEach((cell, i) => {
    const label = labels[i + 1];
    made.append(element('td', {class: label.className, 'data-label': label.textContent}, cell));
  });
  return made;
}

function fill(id, rows) {
  const list = byId(id);
  (list.tBodies ? list.tBodies[0] : list).replaceChildren(...rows);
  list.hidden = rows.length === 0;
  byId(`${id}-empty`).hidden = rows.length > 0;
  byId(`${id}-count`).textContent = rows.length || '';
}

function types(group) {
  const counts = Object.entries(group.types).map(([type, {version, count}]) =>
    element('li', {title: `version ${version}`}, `${type} `, element('strong', {}, String(count))));
  return counts.length ? element('ul', {}, ...counts) : '–';
}

function showGroups(groups) {
  const table = byId('groups');
  fill('groups', groups.map((group) => row(
    table, group.name, badge(group.state), group.version ? code(group.version) : '–',
    time(group.published_at), String(group.nodes), types(group))));
}

function showNodes(nodes, groups) {
  const table = byId('nodes');
  const served = new Set(groups.filter((group) => group.version).map((group) => group.name));
  const place = (node) => served.has(node.group)
    ? node.group
    : element('span', {class: 'faint'}, `${orDash(node.group)} (not served)`);
  fill('nodes', nodes.map((node) => row(
    table, node.id, orDash(node.cluster), place(node), orDash(node.envoy), code(node.address),
    time(node.connected_at), node.transports.join(', '))));
}

function problem({file, line, column, severity, message, resource}) {
  const where = element('p', {class: 'where'}, badge(severity));
  if (file) {
    where.append(code([file, line, column].filter(Boolean).join(':')));
  }
  if (resource) {
    where.append(element('span', {class: 'faint'}, `${resource.type} ${resource.name}`));
  }
  return element('li', {}, where, element('p', {class: 'what'}, message));
}

function showStatus(word, text, notice) {
  const status = byId('status');
  status.className = `badge ${word}`;
  if (status.textContent !== text) {
    status.textContent = text;
  }
  byId('notice').textContent = notice;
  byId('notice').hidden = !notice;
  document.body.classList.toggle('stale', text === 'disconnected');
}

async function ask(path) {
  const answer = await fetch(path, {signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store'});
  return {ok: answer.ok, text: await answer.text()};
}

let shown = '';

function show(groups, nodes, problems) {
  // Unchanged rows stay as they are: what a person marks in them stays marked.
  const all = groups.text + nodes.text + problems.text;
  if (all === shown) {
    return;
  }
  const list = JSON.parse(groups.text).groups;
  showGroups(list);
  showNodes(JSON.parse(nodes.text).nodes, list);
  fill('problems', JSON.parse(problems.text).problems.map(problem));
  shown = all;
}

async function refresh() {
  try {
    const [ready, ...lists] = await Promise.all(
      ['readyz', 'api/v1/groups', 'api/v1/nodes', 'api/v1/problems'].map(ask));
    show(...lists);
    if (!ready.ok) {
      showStatus('down', 'not ready', `Not ready: ${ready.text.trim()}`);
    } else if (ready.text.trim() === 'ok') {
      showStatus('ready', 'ready', '');
    } else {
      showStatus('degraded', 'degraded', '');
    }
  } catch (error) {
    showStatus('down', 'disconnected', shown
      ? 'The daemon does not answer. This is what it said last.'
      : 'The daemon does not answer.');
  }
  setTimeout(refresh, EVERY_MS);
}

refresh();
