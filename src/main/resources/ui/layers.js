// Where the boxes of a group's graph lie: a column for each step of a request's way, and lines that
// cross as little as a few passes can bring about. No drawing here.

const COLUMN_OF = {
  listeners: 0, 'scoped-routes': 1, routes: 1, 'virtual-hosts': 1, extension_configs: 1, clusters: 2,
};
const LAST = 3;
const PASSES = 6;

const key = ({type, name}) => `${type}/${name}`;

/**
 * @param resources {type, name, used, file, line, references}
 * @return what there is and who asks for whom: {boxes: Map of key to box, lines: [from, to]}; what
 *     is asked for and not there is a box too
 */
export function graphOf(resources) {
  const boxes = new Map(resources.map((one) => [key(one), {...box(one), used: one.used, at: place(one)}]));
  const lines = [];
  for (const from of resources) {
    for (const reference of from.references ?? []) {
      const to = boxes.get(key(reference)) ?? {...box(reference), missing: true};
      boxes.set(to.key, to);
      lines.push([boxes.get(key(from)), to]);
    }
  }
  return {boxes, lines};
}

const box = ({type, name}) =>
  ({key: key({type, name}), type, name, at: '', used: true, missing: false, column: COLUMN_OF[type] ?? LAST});

const place = ({file, line}) => file ? `${file.split('/').at(-1)}:${line}` : '';

/** The keys of a box, of all that leads to it and of all that it leads to. */
export function way({lines}, start) {
  const keys = new Set([start]);
  follow(keys, start, index(lines, 0, 1));
  follow(keys, start, index(lines, 1, 0));
  return keys;
}

/** The same graph without the boxes whose keys are not among these. */
export function within({boxes, lines}, keys) {
  return {
    boxes: new Map([...boxes].filter(([one]) => keys.has(one))),
    lines: lines.filter(([from, to]) => keys.has(from.key) && keys.has(to.key)),
  };
}

/** Columns of what lies in them from top to bottom; a line over several has a place in each. */
export function layered({boxes, lines}) {
  const used = [...new Set([...boxes.values()].map((one) => one.column))].sort();
  const columns = used.map(() => []);
  for (const one of [...boxes.values()].sort((a, b) => a.key < b.key ? -1 : 1)) {
    columns[used.indexOf(one.column)].push({box: one, before: [], after: []});
  }
  const items = new Map(columns.flat().map((item) => [item.box.key, item]));
  const at = (one) => used.indexOf(one.column);
  const paths = lines.map(([from, to]) => path(columns, [items.get(from.key), items.get(to.key)], [at(from), at(to)]));
  for (let pass = 0; pass < PASSES; pass++) {
    settle(columns, pass % 2 === 0 ? 'before' : 'after');
  }
  return {columns, paths};
}

/** The items that a line touches, from left to right. */
function path(columns, [from, to], [first, last]) {
  const items = [from];
  for (let column = first + 1; column < last; column++) {
    const bend = {box: null, before: [], after: []};
    columns[column].push(bend);
    items.push(bend);
  }
  items.push(to);
  if (first < last) {
    items.slice(1).forEach((item, i) => {
      item.before.push(items[i]);
      items[i].after.push(item);
    });
  }
  return items;
}

/** Each item goes to the middle of those that it is bound to on one side. */
function settle(columns, side) {
  columns.forEach((column) => column.forEach((item, i) => item.rank = i));
  for (const column of side === 'before' ? columns : columns.toReversed()) {
    for (const item of column) {
      const bound = item[side];
      item.wish = bound.length ? bound.reduce((sum, {rank}) => sum + rank, 0) / bound.length : item.rank;
    }
    column.sort((a, b) => a.wish - b.wish);
    column.forEach((item, i) => item.rank = i);
  }
}

function index(lines, from, to) {
  const next = new Map();
  for (const line of lines) {
    const key = line[from].key;
    if (!next.has(key)) {
      next.set(key, []);
    }
    next.get(key).push(line[to].key);
  }
  return next;
}

/** The near ones first: where there is no room for all, those are drawn. */
function follow(keys, start, next) {
  const seen = new Set([start]);
  for (const one of seen) {
    for (const key of next.get(one) ?? []) {
      seen.add(key);
      keys.add(key);
    }
  }
}
