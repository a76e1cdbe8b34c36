// The heading of the conversation and its tabs: what a member sees in Slack, and
// beside it the year ahead.

import { fill, h } from './dom.js';
import { botAvatar } from './people.js';
import { to } from './route.js';

const NAMES = ['home', 'messages', 'year'];

export class Tabs {
  #say;
  #bot = h('span');
  #nav = h('nav', { class: 'tabs' });
  #links = new Map(NAMES.map((name) => [name, h('a', { class: 'tab', data: { test: `tab-${name}` } })]));

  constructor(node, say) {
    this.#say = say;
    fill(this.#nav, ...this.#links.values());
    fill(node, h('h1', null, botAvatar(), this.#bot), this.#nav);
  }

  // render marks the tab looked at; current is null while it is none. Without a
  // year ahead there is no tab for it.
  render(user, current, bot, ahead) {
    this.#bot.textContent = bot;
    this.#nav.setAttribute('aria-label', this.#say('tabs'));
    for (const [name, link] of this.#links) {
      if (name === 'year') this.#nameYear(link, ahead);
      else link.textContent = this.#say(name);
      link.href = to(user, name);
      if (name === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  // nameYear has a shorter name where there is little room.
  #nameYear(link, ahead) {
    link.hidden = !ahead;
    link.setAttribute('aria-label', this.#say('year'));
    fill(link, h('span', { class: 'tab-long' }, this.#say('year')), h('span', { class: 'tab-short' }, this.#say('yearShort')));
  }
}
