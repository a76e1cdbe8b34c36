// The introduction for a first visit: what this is and three things to try. On a
// narrow screen it begins closed, so that what it speaks of is in sight.

import { fill, h } from './dom.js';

const KEY = 'innerview.demo.intro';

export class Intro {
  #node;
  #deps;
  #shown = !dismissed();
  #language = null;

  // deps: say, bot(), command(), fill(text) puts a command on the command line.
  constructor(node, deps) {
    this.#node = node;
    this.#deps = deps;
  }

  // render draws it anew only when the language changed.
  render(language = this.#language) {
    this.#node.hidden = !this.#shown;
    if (language !== this.#language) this.#draw();
    this.#language = language;
  }

  // show brings it back for who asks.
  show() {
    this.#shown = true;
    this.render();
    this.#node.querySelector('details').open = true;
    this.#node.querySelector('button')?.focus();
  }

  #draw() {
    const say = this.#deps.say;
    const bot = this.#deps.bot();
    const open = this.#node.querySelector('details')?.open;
    this.#node.setAttribute('aria-label', say('introTitle'));
    fill(this.#node,
      h('details', { class: 'intro-text', open: open ?? !matchMedia('(max-width: 45rem)').matches },
        h('summary', null, h('h2', null, say('introTitle'))),
        h('p', null, say('introText', { bot })),
        h('ol', null,
          h('li', null, say('introAnswer')),
          h('li', null, say('introDay', { bot })),
          h('li', null, say('introCommand'), ' ', this.#try('next')))),
      h('button', {
        type: 'button',
        class: 'button',
        data: { test: 'intro-dismiss' },
        on: { click: () => this.#dismiss() },
      }, say('dismiss')));
  }

  #try(word) {
    const text = `${this.#deps.command()} ${word}`;
    return h('button', { type: 'button', class: 'try', on: { click: () => this.#deps.fill(text) } }, text);
  }

  #dismiss() {
    this.#shown = false;
    remember();
    this.render();
    this.#deps.fill('');
  }
}

// A browser may refuse to store anything; then the introduction comes again.
function dismissed() {
  try {
    return localStorage.getItem(KEY) === 'dismissed';
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, 'dismissed');
  } catch {
    // Nothing is lost but the choice.
  }
}
