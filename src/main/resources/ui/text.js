// Words and names as people read them. A name comes from a file or from a client: what would not be
// seen in it, or would turn the text around it, is made visible.

const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]/gu;
const ESCAPES = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};
const STEPS = [[60, 'second'], [60, 'minute'], [24, 'hour'], [Infinity, 'day']];

const relative = new Intl.RelativeTimeFormat('en', {numeric: 'always', style: 'narrow'});
// Sweden writes 2026-11-24 09:21:07.
const dates = new Intl.DateTimeFormat('sv-SE', {dateStyle: 'short', timeStyle: 'medium'});
const numbers = new Intl.NumberFormat('en');

/** In one line, with nothing hidden in it. */
export const visible = (text) => String(text).replace(UNSEEN, escaped);

/** The same, in quotes if blanks are at its ends. */
export function quoted(text) {
  const whole = visible(text);
  return whole === whole.trim() ? whole : `"${whole}"`;
}

/** Of several lines, with nothing hidden in them. */
export const visibleLines = (text) =>
  String(text).replace(/\r\n/g, '\n').replace(UNSEEN, (char) => char === '\n' ? char : escaped(char));

/** Its beginning, if it is longer than that many characters. */
export function shortened(text, most) {
  const whole = String(text);
  if (whole.length <= most) {
    return whole;
  }
  const cut = whole.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

export const number = (value) => numbers.format(value ?? 0);

/** `1 node`, `2 nodes`. */
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** `in_sync` as `in sync`. */
export const words = (key) => String(key).replaceAll('_', ' ');

export const percent = (share) => `${Math.floor(share * 100)} %`;

/** A while, from milliseconds. */
export function duration(ms) {
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${number(Math.floor(seconds / 60))} min${rest ? ` ${rest} s` : ''}`;
}

/** How long ago, for somebody who looks now. */
export function ago(date, now = Date.now()) {
  let amount = Math.round((now - date) / 1_000);
  if (amount < 5) {
    return 'just now';
  }
  for (const [size, unit] of STEPS) {
    if (amount < size) {
      return relative.format(-amount, unit);
    }
    amount = Math.round(amount / size);
  }
  return '';
}

/** A moment, or null for what is none. */
export function moment(text) {
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

export const written = (date) => dates.format(date);

/** file:line:column, as compilers write it. */
export const place = ({file, line, column}) => [file, line, column].filter(Boolean).join(':');

function escaped(char) {
  return ESCAPES[char] ?? `\\u{${char.codePointAt(0).toString(16)}}`;
}
