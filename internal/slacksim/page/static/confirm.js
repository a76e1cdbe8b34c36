// The question before something that should not happen by accident.

import { h } from './dom.js';
import { plain, textNodes } from './mrkdwn.js';

// ask shows a confirm object and resolves to whether the person agreed. Esc
// means no.
export function ask(host, object, ctx) {
  return new Promise((resolve) => {
    const title = ctx.id();
    const danger = object.style === 'danger' ? 'danger' : 'primary';
    const choice = (value, text, style) =>
      h('button', { value, class: `button ${style}`, data: { test: `confirm-${value}` } }, text);
    const dialog = h('dialog', {
      class: 'dialog confirm',
      'aria-labelledby': title,
      data: { test: 'confirm' },
      on: { close: done, keydown: escape },
    },
    h('form', { method: 'dialog' },
      h('h2', { id: title }, plain(object.title)),
      h('div', { class: 'text' }, textNodes(object.text, ctx)),
      h('div', { class: 'foot' },
        choice('no', plain(object.deny) || ctx.say('confirmNo'), ''),
        choice('yes', plain(object.confirm) || ctx.say('confirmYes'), danger))));
    // Esc is for this question alone, not for the dialog it was asked from.
    function escape(event) {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      dialog.close('no');
    }
    function done() {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }
    host.append(dialog);
    dialog.showModal();
  });
}
