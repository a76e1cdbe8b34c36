// The bar at the top: what this is, the workspace's clock, and the buttons
// that turn the calendar.

import * as dates from './dates.js';
import { fill, h } from './dom.js';

export class Topbar {
  #deps;
  #moving = 0; // days under way
  #shown = null;
  #title = h('strong');
  #team = h('span', { class: 'detail' });
  #clock = h('time', { class: 'now', data: { test: 'clock' } });
  #turning;
  #day;
  #week;
  #gallery = h('a', { class: 'tool', href: '#gallery', data: { test: 'gallery' } });
  #language;
  #help;
  #progress = h('div', { class: 'progress', role: 'progressbar', hidden: true });

  // deps: say, advance(days) resolves when the time has moved, speak(language)
  // switches the page's words, help() shows the introduction.
  constructor(node, deps) {
    this.#deps = deps;
    this.#day = this.#button('next-day', 1);
    this.#week = this.#button('next-week', 7);
    this.#turning = h('div', { class: 'clock', role: 'group' }, this.#clock, this.#day, this.#week);
    this.#language = tool('language', '', () => deps.speak(this.#shown.language === 'ja' ? 'en' : 'ja'));
    this.#help = tool('help', 'round', () => deps.help());
    this.#help.textContent = '?';
    fill(node,
      h('p', { class: 'brand' },
        h('span', { class: 'cup', 'aria-hidden': 'true' }),
        h('span', { class: 'brand-text' }, this.#title, this.#team)),
      this.#turning,
      h('div', { class: 'tools' }, this.#gallery, this.#language, this.#help),
      this.#progress);
  }

  // render shows the workspace and its time in the member's zone. Only texts
  // change: a button put in anew between press and release loses the click.
  render(shown = this.#shown) {
    this.#shown = shown;
    const { workspace, zone, language } = shown;
    const { say } = this.#deps;
    this.#title.textContent = say('title', { bot: workspace.bot.name });
    this.#team.textContent = workspace.team.name;
    this.#turning.setAttribute('aria-label', say('clock'));
    this.#drawClock(new Date(workspace.now), zone, language);
    for (const [button, text] of [[this.#day, say('nextDay')], [this.#week, say('nextWeek')]]) {
      button.hidden = !workspace.advance;
      button.disabled = this.#moving > 0;
      button.textContent = text;
    }
    this.#gallery.hidden = !workspace.gallery;
    this.#gallery.textContent = say('gallery');
    this.#language.textContent = say('otherLanguage');
    this.#language.lang = language === 'ja' ? 'en' : 'ja';
    this.#language.setAttribute('aria-label', say('otherLanguageLabel'));
    this.#help.setAttribute('aria-label', say('help'));
    this.#help.title = say('help');
    this.#progress.hidden = this.#moving === 0;
    this.#progress.setAttribute('aria-label', say(this.#moving > 1 ? 'movingWeek' : 'movingDay'));
  }

  #drawClock(moment, zone, language) {
    this.#clock.dateTime = moment.toISOString();
    fill(this.#clock,
      h('span', { class: 'now-day' }, dates.day(moment, zone, language)), ' ',
      h('span', { class: 'now-time' }, dates.time(moment, zone, language)), ' ',
      h('span', { class: 'detail' }, dates.zoneName(moment, zone, language)));
  }

  #button(test, days) {
    const click = () => this.#advance(days, button);
    const button = h('button', { type: 'button', class: 'button', data: { test }, on: { click } });
    return button;
  }

  async #advance(days, button) {
    this.#moving = days;
    this.render();
    try {
      await this.#deps.advance(days);
    } finally {
      this.#moving = 0;
      this.render();
      // A disabled button drops the focus; give it back to who pressed it, if
      // they went nowhere else meanwhile.
      if (document.activeElement === document.body) button.focus();
    }
  }
}

function tool(test, shape, click) {
  return h('button', { type: 'button', class: `tool ${shape}`, data: { test }, on: { click } });
}
