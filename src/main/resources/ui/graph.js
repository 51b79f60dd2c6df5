// A request's way through a group as a picture: listener → route → cluster → endpoints.

import {html, nothing, svg} from './lib/lit-html/lit-html.js';
import {chosen} from './narrowing.js';
import {graphOf, layered, way, within} from './layers.js';
import {empty, facts, name, origin, version} from './parts.js';
import {narrowed} from './router.js';
import {number, quoted, shortened, visible} from './text.js';

/** More boxes are no picture any more. */
const MOST_BOXES = 60;
const MOST_IN_A_COLUMN = 24;
const MOST_OF_A_NAME = 24;
const MOST_OF_A_NOTE = 26;
const BOX = {width: 196, height: 42};
const GAP = {across: 100, down: 14, bend: 10};
const HEAD = 28;
const EDGE = 6;
const TITLES = ['Listeners', 'Routes', 'Clusters', 'Endpoints and others'];

export function graph(screen, data) {
  const whole = remembered(screen, data);
  const wanted = screen.route.query.get('show');
  const picked = whole.boxes.get(wanted);
  const tooMany = whole.boxes.size > MOST_BOXES;
  const start = picked ?? (tooMany ? firstOf(whole) : undefined);
  const ways = start ? way(whole, start.key) : undefined;
  const part = tooMany ? within(whole, bounded(whole, ways, start.key)) : whole;
  return html`
    <section aria-labelledby="graph-title">
      <div class="bar">
        <h2 id="graph-title">The way of a request</h2>
        ${chosen(screen, 'show', '')}
      </div>
      ${tooMany ? html`<p class="faint">Of ${number(whole.boxes.size)} resources, those that ${name(start.name, 60)} has to do with; choose another below.${
        part.boxes.size < ways.size ? ` ${number(part.boxes.size)} of ${number(ways.size)} are drawn.` : ''}</p>` : nothing}
      ${wanted && !picked ? empty('What the address names is not in this group.') : nothing}
      ${picked ? about(data, picked, whole) : nothing}
      <div class="graph card" role="region" tabindex="0" aria-label="Listeners, routes, clusters and endpoints">
        ${drawn(screen, layered(part), picked ? ways : undefined, picked)}
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

const firstOf = ({boxes}) => [...boxes.values()].reduce((a, b) => b.column < a.column ? b : a);

function bounded({boxes}, keys, start) {
  const room = {};
  const fits = (one) => (room[one.column] = (room[one.column] ?? 0) + 1) <= MOST_IN_A_COLUMN;
  return new Set([start, ...[...keys].filter((key) => key === start || fits(boxes.get(key)))]);
}

function about(data, picked, {lines}) {
  const one = data.resources.find(({type, name: id}) => `${type}/${id}` === picked.key);
  const names = (all) => all.length ? name(all.map((box) => `${box.type} ${box.name}`).join(', '), 400) : null;
  return facts([
    ['Resource', name(picked.name)],
    ['Type', name(picked.type, 60)],
    ['Stands at', one ? origin(one) : 'nowhere in this group'],
    ['Version', one ? version(one.version) : null],
    ['Asks for', names(lines.filter(([from]) => from === picked).map(([, to]) => to))],
    ['Asked for by', names(lines.filter(([, to]) => to === picked).map(([from]) => from)) ?? 'nobody in this group'],
  ]);
}

function drawn(screen, {columns, paths}, ways, picked) {
  columns.forEach((column, at) => placed(column, EDGE + at * (BOX.width + GAP.across)));
  const width = columns.length * (BOX.width + GAP.across) - GAP.across + 2 * EDGE + loops(paths);
  const height = Math.max(...columns.flat().map(({bottom}) => bottom)) + EDGE;
  const lit = ({box}) => !ways || !box || ways.has(box.key);
  const ordered = paths.map((items) => ({items, lit: items.every(lit)})).sort((a, b) => a.lit - b.lit);
  return html`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="group" aria-label="Resources and what they ask for">
    ${columns.map(title)}
    ${ordered.map(({items, lit: on}) => svg`<path class="line ${on ? (ways ? 'chosen' : '') : 'dim'}" d=${course(items)}></path>`)}
    ${columns.flat().filter(({box}) => box).map((item) => drawnBox(screen, item, lit(item), picked))}
  </svg>`;
}

const loops = (paths) => paths.some(([from, ...others]) => from.x === others.at(-1).x) ? 40 : 0;

function placed(column, x) {
  let y = HEAD;
  for (const item of column) {
    const height = item.box ? BOX.height : 0;
    Object.assign(item, {x, y, middle: y + height / 2, bottom: y + height});
    y += height + (item.box ? GAP.down : GAP.bend);
  }
}

function title(column) {
  const {x, box} = column.find((item) => item.box);
  return svg`<text class="head" x=${x} y="16">${TITLES[box.column]}</text>`;
}

/** A curve from the right of the first to the left of the last; within a column, a loop. */
function course(items) {
  const [from, ...others] = items;
  const start = from.x + BOX.width;
  if (others[0].x <= from.x) {
    const out = start + 40;
    return `M${start} ${from.middle} C${out} ${from.middle} ${out} ${others[0].middle} ${others[0].x + BOX.width} ${others[0].middle}`;
  }
  let at = {x: start, y: from.middle};
  return others.reduce((path, item) => {
    const half = (at.x + item.x) / 2;
    const curve = `${path} C${half} ${at.y} ${half} ${item.middle} ${item.x} ${item.middle}`;
    at = {x: item.x + (item.box ? 0 : BOX.width), y: item.middle};
    return item.box ? curve : `${curve} H${at.x}`;
  }, `M${at.x} ${at.y}`);
}

function drawnBox(screen, {box, x, y}, on, picked) {
  const state = [box.missing ? 'missing' : box.used ? '' : 'unused', on ? '' : 'dim', box === picked ? 'picked' : ''].join(' ');
  const whole = quoted(shortened(box.name, 300));
  const label = [box.type, whole, note(box)].filter(Boolean).join(' ');
  return svg`<a class="box ${state}" href=${narrowed(screen.route, {show: box.key})} aria-label=${label} aria-current=${box === picked ? 'true' : nothing} @click=${reveal}>
    <title>${label}</title>
    <rect x=${x} y=${y} width=${BOX.width} height=${BOX.height} rx="6"></rect>
    <text x=${x + 10} y=${y + 18}>${shortened(whole, MOST_OF_A_NAME)}</text>
    <text class="type" x=${x + 10} y=${y + 33}>${below(box)}</text>
  </a>`;
}

const note = (box) => box.missing ? 'not there' : box.used ? '' : 'unused';

/** What the column's title does not say of it. */
const below = (box) => shortened([box.type.toLowerCase() === TITLES[box.column].split(' ')[0].toLowerCase() ? '' : visible(box.type), note(box), visible(box.at)]
  .filter(Boolean).join(' · '), MOST_OF_A_NOTE);
