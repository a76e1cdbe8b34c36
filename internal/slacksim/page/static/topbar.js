// The bar at the top: what this is, the workspace's clock, and the buttons
// that turn the calendar.

import * as dates from './dates.js';
import { fill, h, redraw } from './dom.js';

export class Topbar {
  #node;
  #deps;
  #moving = 0; // days under way
  #drawn = '';
  #last = null;

  // deps: say, advance(days) resolves when the time has moved, language(other)
  // switches the page's words, help() shows the introduction.
  constructor(node, deps) {
    this.#node = node;
    this.#deps = deps;
  }

  // render shows the workspace and its time in the member's zone. It draws only
  // what a person would notice: a button redrawn between press and release
  // would lose the click.
  render(now) {
    this.#last = now;
    const { workspace: { now: time, bot, team, advance, gallery }, zone, language } = now;
    const drawn = JSON.stringify([time.slice(0, 16), bot, team, advance, gallery, zone, language, this.#moving]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    redraw(this.#node, () => this.#draw(now));
  }

  #draw({ workspace, zone, language }) {
    const say = this.#deps.say;
    fill(this.#node,
      h('p', { class: 'brand' }, h('span', { class: 'cup', 'aria-hidden': 'true' }), h('span', { class: 'brand-text' },
        h('strong', null, say('title', { bot: workspace.bot.name })), h('span', { class: 'detail' }, workspace.team.name))),
      h('div', { class: 'clock', role: 'group', 'aria-label': say('clock') },
        this.#clock(new Date(workspace.now), zone, language),
        workspace.advance && [this.#button(1, 'next-day', say('nextDay')), this.#button(7, 'next-week', say('nextWeek'))]),
      h('div', { class: 'tools' },
        workspace.gallery && h('a', { class: 'tool', href: '#gallery', data: { test: 'gallery' } }, say('gallery')),
        h('button', { type: 'button', class: 'tool', lang: language === 'ja' ? 'en' : 'ja', 'aria-label': say('otherLanguageLabel'), data: { test: 'language' }, on: { click: () => this.#deps.language(language === 'ja' ? 'en' : 'ja') } }, say('otherLanguage')),
        h('button', { type: 'button', class: 'tool round', 'aria-label': say('help'), title: say('help'), data: { test: 'help' }, on: { click: () => this.#deps.help() } }, '?')),
      this.#moving ? h('div', { class: 'progress', role: 'progressbar', 'aria-label': say(this.#moving > 1 ? 'movingWeek' : 'movingDay') }) : null);
  }

  #clock(moment, zone, language) {
    return h('time', { class: 'now', datetime: moment.toISOString(), data: { test: 'clock' } },
      h('span', { class: 'now-day' }, dates.day(moment, zone, language)),
      ' ',
      h('span', { class: 'now-time' }, dates.time(moment, zone, language)),
      ' ',
      h('span', { class: 'detail' }, dates.zoneName(moment, zone, language)));
  }

  #button(days, test, text) {
    return h('button', { type: 'button', class: 'button', disabled: this.#moving > 0, data: { test }, on: { click: () => this.#advance(days, test) } }, text);
  }

  async #advance(days, test) {
    this.#moving = days;
    this.render(this.#last);
    try {
      await this.#deps.advance(days);
    } finally {
      this.#moving = 0;
      this.render(this.#last);
      // A disabled button drops the focus; give it back to who pressed it, if
      // they went nowhere else meanwhile.
      if (document.activeElement === document.body) this.#node.querySelector(`[data-test="${test}"]`)?.focus();
    }
  }
}
