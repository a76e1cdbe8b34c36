// Block Kit elements: which function draws which.

import { checkboxes, multiStaticSelect, radioButtons, staticSelect } from './choices.js';
import { named, pressed } from './control.js';
import { h } from './dom.js';
import { datePicker, datetimePicker, textInput, timePicker } from './entries.js';
import { multiUsersSelect, usersSelect } from './members_select.js';
import { overflow } from './menu.js';
import { link, plain } from './mrkdwn.js';

const DRAW = {
  button,
  overflow,
  static_select: staticSelect,
  multi_static_select: multiStaticSelect,
  users_select: usersSelect,
  multi_users_select: multiUsersSelect,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: datetimePicker,
  plain_text_input: textInput,
  image: (element, at, ctx) => image(element, ctx),
};

// drawElement draws one element at its place. A kind this page does not know
// is said in words instead of being left out, so that nobody takes the page
// for complete where it is not.
export function drawElement(element, at, ctx) {
  const draw = Object.hasOwn(DRAW, element.type) ? DRAW[element.type] : null;
  return draw ? draw(element, at, ctx) : notDrawn(element.type, ctx);
}

export function notDrawn(type, ctx) {
  return h('p', { class: 'notdrawn' }, ctx.say('notDrawn', { type }));
}

function button(element, at, ctx) {
  const style = ['primary', 'danger'].includes(element.style) ? ` ${element.style}` : '';
  const node = h('button', {
    ...named(element, at),
    type: 'button',
    class: `button${style}`,
    // The text on it names a button, whatever it stands beside.
    'aria-labelledby': null,
    'aria-label': element.accessibility_label,
    on: {
      click: () => {
        follow(element.url);
        pressed(node, element, at, ctx, { type: 'button' });
      },
    },
  }, plain(element.text));
  return node;
}

function follow(url) {
  const address = url ? link(url, url) : null;
  if (address instanceof Element) window.open(address.href, '_blank', 'noopener,noreferrer');
}

// image draws a picture of our own host; one from elsewhere is described, for
// this page loads nothing from other hosts.
export function image(element, ctx) {
  if (isOurs(element.image_url)) return h('img', { src: element.image_url, alt: element.alt_text ?? '', class: 'picture' });
  return h('span', { class: 'picture-words', role: 'img' }, ctx.say('picture', { alt: element.alt_text ?? '' }));
}

function isOurs(address) {
  try {
    return new URL(address ?? '', location.href).origin === location.origin;
  } catch {
    return false;
  }
}
