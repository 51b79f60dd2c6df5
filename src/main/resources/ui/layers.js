// Where the boxes of a graph lie: a column for each step of a request's way, and lines that cross as
// little as a few passes can bring about. No drawing here.

const PASSES = 6;

/**
 * @param graph {boxes: Map of key to {key, column}, lines: [from, to]}
 * @return {columns, paths}: columns of items from top to bottom, an item holds a box or is the bend of
 *     a line that goes by; paths are the items that each line touches
 */
export function layered({boxes, lines}) {
  const used = [...new Set([...boxes.values()].map((box) => box.column))].sort();
  const columns = used.map(() => []);
  for (const box of [...boxes.values()].sort((a, b) => a.key < b.key ? -1 : 1)) {
    columns[used.indexOf(box.column)].push({box, before: [], after: []});
  }
  const items = new Map(columns.flat().map((item) => [item.box.key, item]));
  const at = (box) => used.indexOf(box.column);
  const paths = lines.map(([from, to]) =>
    path(columns, [items.get(from.key), items.get(to.key)], [at(from), at(to)]));
  for (let pass = 0; pass < PASSES; pass++) {
    settle(columns, pass % 2 === 0 ? 'before' : 'after');
  }
  return {columns, paths};
}

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
  columns.forEach(ranked);
  for (const column of side === 'before' ? columns : columns.toReversed()) {
    for (const item of column) {
      const bound = item[side];
      item.wish = bound.length ? bound.reduce((sum, {rank}) => sum + rank, 0) / bound.length : item.rank;
    }
    ranked(column.sort((a, b) => a.wish - b.wish));
  }
}

function ranked(column) {
  column.forEach((item, i) => {
    item.rank = i;
  });
}
