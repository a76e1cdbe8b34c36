// The year ahead of one leader: twelve months, a mark on every day, and what
// the chosen day brings beside them. One day takes part in the tab order; the
// arrow keys move from there.

import * as dates from './dates.js';
import { fill, h } from './dom.js';
import { nameOf } from './people.js';
import { describe, isMessage, legendOf, markOf, styleOf, tell, words } from './yearday.js';

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export class Year {
  #deps;
  #node = h('div', { class: 'year', data: { test: 'year' } });
  #about = h('div');
  // Who moves through the days hears each day's own words; what the starter says
  // is told after them, and nothing twice.
  #said = h('div', { 'aria-live': 'polite' });
  #detail = h('section', { class: 'year-detail', data: { test: 'year-detail' } }, this.#about, this.#said);
  #buttons = []; // one a day, in order
  #days = [];
  #at = 0; // the day chosen
  #drawn = '';
  #whose = null;
  #ctx = null;

  // deps: say, bot(), to(user) the address of somebody's year.
  constructor(deps) {
    this.#deps = deps;
  }

  // render shows a year and returns the node that holds it.
  render(year, { viewer, people, language }) {
    const drawn = JSON.stringify([year, viewer?.id, language, [...people.values()].map(nameOf)]);
    if (drawn === this.#drawn) return this.#node;
    this.#drawn = drawn;
    const { say } = this.#deps;
    this.#ctx = { say, people, language, zone: 'UTC' };
    const held = this.#node.contains(document.activeElement);
    if (this.#whose !== viewer.id) this.#at = 0;
    this.#whose = viewer.id;
    this.#days = year.days;
    this.#at = Math.min(this.#at, Math.max(0, year.days.length - 1));
    this.#buttons = [];
    fill(this.#node,
      this.#leaders(year, viewer, people),
      year.days.length ? this.#calendar(nameOf(viewer)) : h('p', { class: 'empty' }, say('yearNobody', { name: nameOf(viewer) })));
    if (year.days.length) this.#choose(this.#at);
    if (held) this.#buttons[this.#at]?.focus({ preventScroll: true });
    return this.#node;
  }

  #leaders({ leaders }, viewer, people) {
    const { say, to } = this.#deps;
    const named = leaders.filter((id) => people.has(id));
    return h('nav', { class: 'year-leaders', 'aria-label': say('yearLeaders') },
      h('span', { class: 'detail' }, say('yearLeaders')),
      named.map((id) => h('a', {
        class: 'year-leader',
        href: to(id),
        'aria-current': id === viewer.id ? 'page' : null,
        data: { test: `year-${id}` },
      }, nameOf(people.get(id)))));
  }

  #calendar(name) {
    const { say, bot } = this.#deps;
    return [
      h('div', { class: 'year-head' },
        h('p', null, say('yearLead', { name, bot: bot() })),
        h('p', { class: 'year-sum', data: { test: 'year-sum' } }, this.#sum()),
        this.#legend()),
      h('div', { class: 'year-body' },
        h('div', { class: 'year-months', on: { keydown: (event) => this.#move(event) } }, this.#months()),
        this.#detail),
    ];
  }

  // sum says how much comes: in all, in a week, and of each kind.
  #sum() {
    const { say } = this.#deps;
    const messages = this.#days.filter(isMessage);
    const weeks = new Map();
    for (const { on } of messages) {
      const week = Math.floor((Date.parse(on) / 864e5 + 3) / 7);
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
    }
    const mean = messages.length / Math.max(1, Math.ceil(this.#days.length / 7));
    return say('yearSum', {
      n: messages.length, mean: mean.toFixed(1), most: Math.max(0, ...weeks.values()), quiet: this.#days.length - messages.length,
    });
  }

  // legend names the marks that are in the calendar, and counts them.
  #legend() {
    return h('ul', { class: 'year-legend' }, legendOf(this.#days, this.#ctx).map(({ style, mark, names }) =>
      h('li', null,
        h('span', { class: `swatch ${style}` }, mark),
        h('span', null, names.map(([name, n], i) => [i > 0 && ' / ', name, ' ', h('span', { class: 'detail' }, n)])))));
  }

  #months() {
    const months = new Map();
    this.#days.forEach((day, i) => {
      const month = day.on.slice(0, 7);
      if (!months.has(month)) months.set(month, []);
      months.get(month).push(i);
    });
    return [...months].map(([month, places]) => this.#month(month, places));
  }

  // month draws a month from Monday to Sunday; days before the first stay empty.
  #month(month, places) {
    const first = new Date(`${month}-01T00:00:00Z`);
    const { language } = this.#ctx;
    const cells = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => h('td'));
    const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    const at = new Map(places.map((i) => [Number(this.#days[i].on.slice(8)), i]));
    for (let n = 1; n <= length; n++) cells.push(h('td', null, at.has(n) ? this.#day(at.get(n), n) : h('span', { class: 'year-past' }, n)));
    const rows = [];
    while (cells.length) rows.push(h('tr', null, cells.splice(0, 7)));
    while (!rows[0].querySelector('button')) rows.shift(); // weeks that are over
    return h('table', { class: 'year-month', data: { test: 'year-month' } },
      h('caption', null, dates.month(first, language)),
      h('thead', null, h('tr', null, this.#weekdays(language))),
      h('tbody', null, rows));
  }

  #weekdays(language) {
    return Array.from({ length: 7 }, (_, i) => {
      const day = new Date(Date.UTC(2024, 0, 1 + i)); // a Monday, and the days after it
      return h('th', { scope: 'col', abbr: dates.weekday(day, language, 'long') }, dates.weekday(day, language, 'narrow'));
    });
  }

  #day(i, n) {
    const day = this.#days[i];
    const name = describe(day, this.#ctx);
    const button = h('button', {
      type: 'button',
      class: `year-day ${styleOf(day)}`,
      tabindex: '-1',
      title: name,
      'aria-label': name,
      'aria-pressed': 'false',
      'aria-current': i === 0 ? 'date' : null,
      data: { on: day.on },
      on: { click: () => this.#choose(i), focus: () => this.#choose(i) },
    }, h('span', { class: 'year-number' }, n), h('span', { class: 'year-mark' }, markOf(day, this.#ctx)));
    this.#buttons[i] = button;
    return button;
  }

  #choose(i) {
    for (const [place, chosen] of [[this.#at, false], [i, true]]) {
      this.#buttons[place].tabIndex = chosen ? 0 : -1;
      this.#buttons[place].setAttribute('aria-pressed', String(chosen));
    }
    this.#at = i;
    fill(this.#about, tell(this.#days[i], this.#ctx));
    fill(this.#said, words(this.#days[i], this.#ctx));
  }

  #move(event) {
    const to = this.#goal(event);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const button = this.#buttons[Math.max(0, Math.min(this.#days.length - 1, to))];
    button.focus();
    button.scrollIntoView({ block: 'nearest' });
  }

  // goal is the day a key leads to: the next one, the week's ends, or the next
  // message.
  #goal({ key }) {
    if (key in STEPS) return this.#at + STEPS[key];
    if (key === 'Home') return 0;
    if (key === 'End') return this.#days.length - 1;
    const step = { PageUp: -1, PageDown: 1 }[key];
    if (!step) return null;
    for (let i = this.#at + step; this.#days[i]; i += step) if (isMessage(this.#days[i])) return i;
    return this.#at;
  }
}

