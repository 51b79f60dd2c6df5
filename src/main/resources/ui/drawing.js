// A layered graph as SVG. Each box is a link.

import {html, nothing, svg} from './lib/lit-html/lit-html.js';
import {quoted, shortened, visible} from './text.js';

const MOST_OF_A_NAME = 24;
const MOST_OF_A_NOTE = 26;
const BOX = {width: 196, height: 42};
const GAP = {across: 100, down: 14, bend: 10};
const LOOP = 40;
const HEAD = 28;
const EDGE = 6;
const TITLES = ['Listeners', 'Routes', 'Clusters', 'Endpoints and others'];

/**
 * @param layers of layers.js
 * @param marks {ways, picked}: the keys that stand out, or undefined for none; the box that was chosen
 * @param link {href(box), click}
 */
export function drawn({columns, paths}, {ways, picked}, link) {
  columns.forEach((column, at) => placed(column, EDGE + at * (BOX.width + GAP.across)));
  const loops = paths.some((items) => items.at(-1).x <= items[0].x) ? LOOP : 0;
  const width = columns.length * (BOX.width + GAP.across) - GAP.across + 2 * EDGE + loops;
  const height = Math.max(...columns.flat().map(({bottom}) => bottom)) + EDGE;
  const isLit = ({box}) => !ways || !box || ways.has(box.key);
  const lines = paths.map((items) => ({items, lit: items.every(isLit)})).sort((a, b) => a.lit - b.lit);
  const kind = (lit) => lit ? (ways ? 'chosen' : '') : 'dim';
  return html`
    <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="group"
      aria-label="Resources and what they ask for">
      ${columns.map(title)}
      ${lines.map(({items, lit}) => svg`<path class="line ${kind(lit)}" d=${course(items)}></path>`)}
      ${columns.flat().filter(({box}) => box).map((item) =>
        drawnBox(item, link, {dim: !isLit(item), picked: item.box === picked}))}
    </svg>`;
}

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

/** A curve from the right of the first to the left of the last; not to the right, a loop. */
function course(items) {
  const [from, ...others] = items;
  const start = from.x + BOX.width;
  if (others[0].x <= from.x) {
    const {x, middle} = others[0];
    const out = start + LOOP;
    return `M${start} ${from.middle} C${out} ${from.middle} ${out} ${middle} ${x + BOX.width} ${middle}`;
  }
  let at = {x: start, y: from.middle};
  return others.reduce((path, item) => {
    const half = (at.x + item.x) / 2;
    const curve = `${path} C${half} ${at.y} ${half} ${item.middle} ${item.x} ${item.middle}`;
    at = {x: item.x + (item.box ? 0 : BOX.width), y: item.middle};
    return item.box ? curve : `${curve} H${at.x}`;
  }, `M${at.x} ${at.y}`);
}

function drawnBox({box, x, y}, {href, click}, {dim, picked}) {
  const kinds = {missing: box.missing, unused: !box.used, dim, picked};
  const kind = Object.keys(kinds).filter((one) => kinds[one]).join(' ');
  const whole = quoted(shortened(box.name, 300));
  const label = [box.type, whole, note(box)].filter(Boolean).join(' ');
  return svg`
    <a class="box ${kind}" href=${href(box)} @click=${click} aria-label=${label}
      aria-current=${picked ? 'true' : nothing}>
      <title>${label}</title>
      <rect x=${x} y=${y} width=${BOX.width} height=${BOX.height} rx="6"></rect>
      <text x=${x + 10} y=${y + 18}>${shortened(whole, MOST_OF_A_NAME)}</text>
      <text class="type" x=${x + 10} y=${y + 33}>${below(box)}</text>
    </a>`;
}

const note = (box) => box.missing ? 'not there' : box.used ? '' : 'unused';

/** What the column's title does not say of it. */
function below(box) {
  const isTitle = TITLES[box.column].toLowerCase().startsWith(box.type);
  const said = [isTitle ? '' : visible(box.type), note(box), visible(box.at)];
  return shortened(said.filter(Boolean).join(' · '), MOST_OF_A_NOTE);
}
