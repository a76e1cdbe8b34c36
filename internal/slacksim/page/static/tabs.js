// The heading of the conversation and its two tabs.

import { fill, h } from './dom.js';
import { botAvatar } from './people.js';
import { to } from './route.js';

const NAMES = ['home', 'messages'];

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

  // render marks the tab looked at; current is null while it is neither.
  render(user, current, bot) {
    this.#bot.textContent = bot;
    this.#nav.setAttribute('aria-label', this.#say('tabs'));
    for (const [name, link] of this.#links) {
      link.textContent = this.#say(name);
      link.href = to(user, name);
      if (name === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}
