// The stack of modals: dialogs over the page, the newest on top. A dialog
// lives as long as its view id; an update of the view redraws what is in it
// and keeps what was typed.

import { drawBlocks, showErrors } from './blocks.js';
import { fill, h, redraw } from './dom.js';
import { Form, check } from './form.js';
import { plain } from './mrkdwn.js';

export class Modals {
  #host;
  #deps;
  #open = new Map(); // view id → dialog on show

  // deps: drawing(form, container, more) makes a ctx; submit(view, state) and
  // close(view) resolve to the simulator's answer; failure(error) words it;
  // back() takes the focus that a closed dialog leaves nowhere.
  constructor(host, deps) {
    this.#host = host;
    this.#deps = deps;
  }

  // render shows these views, the last one on top.
  render(views) {
    const before = this.#open.size;
    const ids = new Set(views.map((view) => view.id));
    for (const [id, dialog] of this.#open) {
      if (ids.has(id)) continue;
      this.#open.delete(id);
      dialog.remove();
    }
    for (const view of views) {
      const dialog = this.#open.get(view.id);
      if (dialog) dialog.update(view);
      else this.#open.set(view.id, new Dialog(this.#host, view, this.#deps));
    }
    const top = views.at(-1)?.id;
    for (const [id, dialog] of this.#open) dialog.mark(id === top);
    if (before > this.#open.size && document.activeElement === document.body) this.#deps.back();
  }
}

class Dialog {
  #deps;
  #view;
  #form = new Form();
  #title;
  #node;
  #content;
  #drawn = '';
  #errors = '';
  #closing = false;

  constructor(host, view, deps) {
    this.#deps = deps;
    this.#title = deps.id();
    this.#content = h('form', { class: 'modal-form', novalidate: true, on: { submit: (event) => this.#submit(event) } });
    this.#node = h('dialog', {
      class: 'dialog modal',
      tabindex: '-1',
      'aria-labelledby': this.#title,
      on: {
        keydown: (event) => event.key === 'Escape' && this.#leave(event),
        cancel: (event) => this.#leave(event),
        // A browser may close a dialog over our heads on a second Esc.
        close: () => this.#closing || this.#close(),
      },
    }, this.#content);
    host.append(this.#node);
    this.update(view);
    this.#node.showModal();
    this.#begin();
  }

  // update draws the view anew if the bot changed it.
  update(view) {
    this.#view = view;
    const { state, errors, ...rest } = view;
    const drawn = JSON.stringify([rest, this.#deps.signature()]);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      redraw(this.#content, () => this.#draw());
    }
    const wrong = JSON.stringify(errors ?? {});
    if (wrong === this.#errors) return;
    this.#errors = wrong;
    showErrors(this.#content, errors);
  }

  // mark tells whether this dialog is the top one. Only that one answers to
  // browser tests, as only that one can be reached by a person.
  mark(top) {
    if (top) this.#node.dataset.test = 'modal';
    else delete this.#node.dataset.test;
    for (const button of this.#node.querySelectorAll('[data-part]')) {
      if (top) button.dataset.test = `modal-${button.dataset.part}`;
      else delete button.dataset.test;
    }
  }

  remove() {
    this.#closing = true;
    this.#node.close();
    this.#node.remove();
  }

  #draw() {
    const { say, drawing } = this.#deps;
    const view = this.#view;
    const body = this.#content.querySelector('.modal-body');
    const top = body?.scrollTop ?? 0;
    this.#form.begin(view.state);
    const ctx = drawing(this.#form, { type: 'view', view_id: view.id }, {
      mended: (block) => this.#mend(block),
      failed: (text) => this.#alert(text),
    });
    this.#node.lang = ctx.lang ?? '';
    const fresh = h('div', { class: 'modal-body', tabindex: '-1' },
      h('p', { class: 'alert', role: 'alert', hidden: true }),
      drawBlocks(view.blocks, ctx));
    const onTop = this.#node.dataset.test === 'modal';
    fill(this.#content, this.#head(say), fresh, this.#foot(say));
    fresh.scrollTop = top;
    this.#errors = JSON.stringify(view.errors ?? {});
    showErrors(this.#content, view.errors);
    this.mark(onTop);
  }

  #head(say) {
    const close = () => this.#close();
    return h('div', { class: 'head' },
      h('h2', { id: this.#title }, plain(this.#view.title)),
      h('button', { type: 'button', class: 'icon', 'aria-label': say('close'), data: { part: 'close' }, on: { click: close } }, '×'));
  }

  #foot(say) {
    const { submit, close } = this.#view;
    return h('div', { class: 'foot' },
      h('button', { type: 'button', class: 'button', data: { part: 'cancel' }, on: { click: () => this.#close() } },
        plain(close) || say(submit ? 'cancel' : 'close')),
      submit && h('button', { type: 'submit', class: 'button primary', data: { part: 'submit' } }, plain(submit)));
  }

  // begin puts the focus into the first field, unless it lies so far down that
  // going there would skip what the bot says before it.
  #begin() {
    const body = this.#content.querySelector('.modal-body');
    const field = body.querySelector('input, select, textarea');
    const inSight = field && field.getBoundingClientRect().bottom <= body.getBoundingClientRect().bottom;
    (inSight ? field : body).focus({ preventScroll: true });
  }

  #mend(block) {
    const node = this.#content.querySelector(`[data-input="${CSS.escape(block)}"]`);
    if (node?.classList.contains('wrong')) showErrors(node.parentElement, this.#left(block));
  }

  // left is what is still wrong once one field was mended.
  #left(mended) {
    const wrong = [...this.#content.querySelectorAll('.wrong')].filter((node) => node.dataset.input !== mended);
    return Object.fromEntries(wrong.map((node) => [node.dataset.input, node.querySelector('.error').textContent]));
  }

  async #submit(event) {
    event.preventDefault();
    const button = this.#content.querySelector('[data-part=submit]');
    if (!button || button.getAttribute('aria-busy') === 'true') return;
    this.#alert('');
    const wrong = check(this.#view.blocks, this.#form, this.#deps.say);
    if (this.#refused(wrong)) return;
    button.setAttribute('aria-busy', 'true');
    const result = await this.#deps.submit(this.#view.id, this.#form.state());
    button.removeAttribute('aria-busy');
    if (!result.ok && !this.#refused(result.errors ?? {})) this.#alert(this.#deps.failure(result.error));
  }

  // refused shows what is wrong and goes to the first field of it.
  #refused(errors) {
    showErrors(this.#content, errors)?.focus();
    return Object.keys(errors).length > 0;
  }

  #alert(text) {
    const alert = this.#content.querySelector('.alert');
    alert.textContent = text;
    alert.hidden = text === '';
  }

  // leave answers Esc and a phone's back gesture. Browsers close dialogs that
  // opened by themselves all at once; only the top one is meant.
  #leave(event) {
    if (event.type === 'cancel' && event.target !== this.#node) return;
    event.preventDefault();
    if (this.#node.dataset.test === 'modal') this.#close();
  }

  // close goes at once, whatever the app takes to answer. Should the server
  // refuse, the dialog is back with all that was in it.
  async #close() {
    this.#closing = true;
    this.#node.close();
    const result = await this.#deps.close(this.#view.id);
    if (result.ok || !this.#node.isConnected) return;
    this.#closing = false;
    this.#node.showModal();
    this.#alert(this.#deps.failure(result.error));
  }
}
