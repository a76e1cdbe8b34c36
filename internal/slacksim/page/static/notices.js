// Short notices that come and go, and the banner while the server is away.

import { fill, h } from './dom.js';

const STAY = 9000; // ms a notice stays; long enough to read two lines twice
const PATIENCE = 1200; // ms of silence before the banner speaks

export class Notices {
  #toasts;
  #banner;
  #announcer;
  #say;
  #timer = 0;

  constructor({ toasts, banner, announcer, say }) {
    this.#toasts = toasts;
    this.#banner = banner;
    this.#announcer = announcer;
    this.#say = say;
  }

  // tell shows a notice until it is dismissed or has been there a while.
  tell(text, kind = 'info') {
    const node = h('div', { class: `toast ${kind}`, data: { test: 'toast' } }, h('span', null, text),
      h('button', { type: 'button', class: 'icon', 'aria-label': this.#say('dismissNotice'), on: { click: () => node.remove() } }, '×'));
    fill(this.#toasts, node);
    setTimeout(() => node.remove(), STAY);
  }

  // announce says something to screen readers alone.
  announce(text) {
    this.#announcer.textContent = text;
  }

  down() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      fill(this.#banner, this.#say('down'));
      this.#banner.hidden = false;
    }, PATIENCE);
  }

  up() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#banner.hidden = true;
  }
}
