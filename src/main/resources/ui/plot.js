// The share of nodes that ACKed, over the time since a state was published.

import uPlot from './lib/uplot/uPlot.esm.js';
import {duration, percent} from './text.js';

const HEIGHT = 220;
const LASTS = 1.06;
/** Whole milliseconds: 1, 2, 5, 10 and so on. */
const STRIDES = Array.from({length: 10}, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat();
const DARK = matchMedia('(prefers-color-scheme: dark)');

/** `<ack-plot>`, whose `steps` are [milliseconds, share] in the order of time. */
class AckPlot extends HTMLElement {
  #plot;
  #steps = [];
  #readout;
  #size = new ResizeObserver(([{contentRect: {width}}]) => this.#plot?.setSize({width, height: HEIGHT}));
  #again = () => this.#draw();

  set steps(steps) {
    if (JSON.stringify(steps) !== JSON.stringify(this.#steps)) {
      this.#steps = steps;
      this.#draw();
    }
  }

  connectedCallback() {
    DARK.addEventListener('change', this.#again);
    this.#size.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    DARK.removeEventListener('change', this.#again);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #draw() {
    if (!this.isConnected) {
      return;
    }
    this.#plot?.destroy();
    this.replaceChildren();
    this.#readout = document.createElement('p');
    this.#readout.className = 'readout';
    this.append(this.#readout);
    // Before the first step there is nothing, and the last one lasts.
    const [end, share] = this.#steps.at(-1) ?? [0, 0];
    const steps = [[0, 0], ...this.#steps, [Math.max(end * LASTS, 1), share]];
    const columns = [steps.map(([at]) => at), steps.map(([, part]) => part * 100)];
    this.#plot = new uPlot(options(this, (at) => this.#read(at)), columns, this);
  }

  #read(at) {
    const step = this.#steps[Math.min(at - 1, this.#steps.length - 1)];
    this.#readout.textContent = at && step ? `${percent(step[1])} after ${duration(step[0])}` : '';
  }
}

customElements.define('ack-plot', AckPlot);

function options(element, read) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const grid = {stroke: colour('--line'), width: 1};
  const axis = {stroke: colour('--faint'), grid, ticks: {show: false}, font: '12px system-ui, sans-serif'};
  return {
    width: element.clientWidth || 300,
    height: HEIGHT,
    legend: {show: false},
    cursor: {y: false, drag: {x: false, y: false}},
    scales: {x: {time: false, range: (plot, low, high) => [0, high]}, y: {range: [0, 105]}},
    axes: [
      {...axis, size: 32, space: 90, incrs: STRIDES, values: (plot, marks) => marks.map(duration)},
      {...axis, size: 56, splits: [0, 25, 50, 75, 100], values: (plot, marks) => marks.map((mark) => `${mark} %`)},
    ],
    series: [{}, {
      stroke: colour('--accent'), fill: colour('--accent-back'), width: 2,
      paths: uPlot.paths.stepped({align: 1}), points: {show: false},
    }],
    hooks: {setCursor: [(plot) => read(plot.cursor.idx)]},
  };
}
