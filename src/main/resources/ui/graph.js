// A request's way through a group as a picture: listener → route → cluster → endpoints. Of a large
// group, the part that one resource has to do with.

import {html, nothing} from './lib/lit-html/lit-html.js';
import {drawn} from './drawing.js';
import {layered} from './layers.js';
import {chosen} from './narrowing.js';
import {empty, facts, name, origin, version} from './parts.js';
import {narrowed} from './router.js';
import {number} from './text.js';

/** More boxes are no picture any more. */
const MOST_BOXES = 60;
const MOST_IN_A_COLUMN = 24;
const LAST = 3;
const COLUMN_OF = {
  listeners: 0, 'scoped-routes': 1, routes: 1, 'virtual-hosts': 1, extension_configs: 1, clusters: 2,
};

const keyOf = ({type, name: id}) => `${type}/${id}`;

export function graph(screen, data) {
  const {route} = screen;
  const whole = remembered(screen, data);
  const wanted = route.query.get('show');
  const picked = whole.boxes.get(wanted);
  const isLarge = whole.boxes.size > MOST_BOXES;
  const start = picked ?? (isLarge ? firstOf(whole) : undefined);
  const ways = start && way(whole, start.key);
  const part = isLarge ? within(whole, bounded(whole, ways)) : whole;
  const link = {href: (box) => narrowed(route, {show: box.key}), click: reveal};
  return html`
    <section aria-labelledby="graph-title">
      <div class="bar"><h2 id="graph-title">The way of a request</h2> ${chosen(screen, 'show', '')}</div>
      ${isLarge ? partly(whole, part, start, ways) : nothing}
      ${wanted && !picked ? empty('What the address names is not in this group.') : nothing}
      ${picked ? about(data, picked, whole) : nothing}
      <div class="graph card" role="region" tabindex="0" aria-label="Listeners, routes, clusters and endpoints">
        ${drawn(layered(part), {ways: picked && ways, picked}, link)}
      </div>
    </section>`;
}

/** Once it is drawn, what was chosen is in sight, and a keyboard goes on there. */
export function reveal() {
  setTimeout(() => {
    document.getElementById('graph-title').scrollIntoView({block: 'nearest'});
    document.querySelector('.box.picked')?.focus({preventScroll: true});
  });
}

/** The data stay the same object until they are others. */
function remembered({local}, data) {
  if (local.graphed !== data) {
    Object.assign(local, {graphed: data, graph: graphOf(data.resources)});
  }
  return local.graph;
}

/** What there is and who asks for whom; what is asked for and not there is a box too. */
function graphOf(resources) {
  const boxes = new Map(resources.map((one) => [keyOf(one), {...box(one), used: one.used, at: place(one)}]));
  const lines = [];
  for (const from of resources) {
    for (const reference of from.references ?? []) {
      const to = boxes.get(keyOf(reference)) ?? {...box(reference), missing: true};
      boxes.set(to.key, to);
      lines.push([boxes.get(keyOf(from)), to]);
    }
  }
  return {boxes, lines};
}

const box = ({type, name: id}) =>
  ({key: keyOf({type, name: id}), type, name: id, at: '', used: true, missing: false, column: COLUMN_OF[type] ?? LAST});

const place = ({file, line}) => file ? `${file.split('/').at(-1)}:${line}` : '';

const firstOf = ({boxes}) => [...boxes.values()].reduce((a, b) => b.column < a.column ? b : a);

/** The keys of a box, of all that leads to it and of all that it leads to; near ones first. */
function way({lines}, start) {
  return new Set([...followed(start, index(lines, 0, 1)), ...followed(start, index(lines, 1, 0))]);
}

function followed(start, next) {
  const seen = new Set([start]);
  for (const one of seen) {
    next.get(one)?.forEach((key) => seen.add(key));
  }
  return seen;
}

function index(lines, from, to) {
  const next = new Map();
  for (const line of lines) {
    const key = line[from].key;
    next.set(key, next.get(key) ?? []);
    next.get(key).push(line[to].key);
  }
  return next;
}

/** As many of each column as there is room for. */
function bounded({boxes}, keys) {
  const room = {};
  const fits = ({column}) => (room[column] = (room[column] ?? 0) + 1) <= MOST_IN_A_COLUMN;
  return new Set([...keys].filter((key) => fits(boxes.get(key))));
}

const within = ({boxes, lines}, keys) => ({
  boxes: new Map([...boxes].filter(([one]) => keys.has(one))),
  lines: lines.filter(([from, to]) => keys.has(from.key) && keys.has(to.key)),
});

const partly = ({boxes}, part, start, ways) => html`
  <p class="faint">Of ${number(boxes.size)} resources, those that ${name(start.name, 60)} has to do with;
    choose another below.
    ${part.boxes.size < ways.size ? `${number(part.boxes.size)} of ${number(ways.size)} are drawn.` : nothing}</p>`;

function about({resources}, picked, {lines}) {
  const one = resources.find((resource) => keyOf(resource) === picked.key);
  const names = (all) => all.length ? name(all.map(({type, name: id}) => `${type} ${id}`).join(', '), 400) : null;
  return facts([
    ['Resource', name(picked.name)],
    ['Type', name(picked.type, 60)],
    ['Stands at', one ? origin(one) : 'nowhere in this group'],
    ['Version', one ? version(one.version) : null],
    ['Asks for', names(lines.filter(([from]) => from === picked).map(([, to]) => to))],
    ['Asked for by', names(lines.filter(([, to]) => to === picked).map(([from]) => from)) ?? 'nobody in this group'],
  ]);
}
