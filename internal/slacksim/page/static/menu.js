// The overflow menu: a button with more behind it.

import { named, pressed } from './control.js';
import { h } from './dom.js';
import { link, plain } from './mrkdwn.js';

export function overflow(element, at, ctx) {
  const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto' });
  const button = h('button', {
    ...named(element, at),
    type: 'button',
    class: 'button more',
    'aria-label': ctx.say('more'),
    'aria-labelledby': null,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  }, '⋯');
  button.popoverTargetElement = menu; // so a press on the open menu's button closes it
  menu.append(...element.options.map((option) => item(option, () => {
    menu.hidePopover();
    button.focus();
    pressed(button, element, at, ctx, { type: 'overflow', value: option.value });
  })));
  // The browser gives it the focus as the menu opens, before any next key.
  menu.firstElementChild?.setAttribute('autofocus', '');
  menu.addEventListener('toggle', ({ newState }) => {
    const open = newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    menu.classList.toggle('placed', open);
    if (open) put(menu, button);
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return move(event, menu);
    // Esc is for the menu alone, not for the dialog it stands in.
    event.preventDefault();
    event.stopPropagation();
    menu.hidePopover();
    button.focus();
  });
  return h('span', { class: 'overflow' }, button, menu);
}

function item(option, take) {
  const props = { role: 'menuitem', tabindex: '-1', data: { value: option.value }, on: { click: take } };
  const address = option.url ? link(option.url, plain(option.text)) : null;
  if (!(address instanceof Element)) return h('button', { ...props, type: 'button' }, plain(option.text));
  return h('a', { ...props, href: address.href, target: '_blank', rel: 'noopener noreferrer' }, plain(option.text));
}

// put places the menu under its button, or above where there is no room. It
// lies in the top layer, so no scrolling box can cut it off.
function put(menu, button) {
  const by = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = by.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(by.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? by.bottom + 4 : Math.max(8, by.top - 4 - height)}px`;
}

function move(event, menu) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}
