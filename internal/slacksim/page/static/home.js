// The Home tab: one view the bot publishes for each member.

import { drawBlocks } from './blocks.js';
import { fill, h, redraw } from './dom.js';
import { Form } from './form.js';

export class Home {
  #deps;
  #node = h('div', { class: 'home', tabindex: '-1' });
  #form = new Form();
  #id = null;
  #drawn = '';

  constructor(deps) {
    this.#deps = deps;
  }

  // render shows a published view and returns the node that holds it.
  render(view, lang) {
    if (view.id !== this.#id) {
      this.#id = view.id;
      this.#form = new Form();
      this.#drawn = '';
    }
    const { state, ...rest } = view;
    const drawn = JSON.stringify([rest, this.#deps.signature()]);
    if (drawn === this.#drawn) return this.#node;
    this.#drawn = drawn;
    this.#node.lang = lang ?? '';
    this.#form.begin(state);
    const ctx = this.#deps.drawing(this.#form, { type: 'view', view_id: view.id });
    redraw(this.#node, () => fill(this.#node, drawBlocks(view.blocks, ctx)));
    return this.#node;
  }
}
