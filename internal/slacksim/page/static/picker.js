// A searchable list to pick from: one member, several members, or several
// options. What is picked stands in the field, or beside it as chips.

import { fill, h } from './dom.js';
import { Listbox } from './listbox.js';

// picker draws one. options: {value, name, group, content, answers(typed)}, the
// heading they stand under being optional; held: the
// values picked so far; most: how many may be; change(values, undo) is called
// with each new choice.
export function picker({ options, held, multi, most = Infinity, named, placeholder, ctx, change }) {
  let values = [...held];
  const chips = h('ul', { class: 'chips', 'aria-label': ctx.say('chosen'), hidden: true });
  const input = h('input', {
    type: 'text',
    class: 'field',
    placeholder,
    'aria-label': named['aria-label'],
    'aria-labelledby': named['aria-labelledby'],
    'aria-describedby': named['aria-describedby'],
  });
  const list = new Listbox(input, ctx.id(), placeholder, (option) => pick(option.value));
  const node = h('div', { class: 'picker', data: named.data }, chips, h('span', { class: 'picker-field' }, input), list.node);
  const nameOf = (value) => options.find((option) => option.value === value)?.name ?? value;

  const show = () => {
    node.dataset.value = values.join(',');
    if (!multi) {
      input.value = values.length ? nameOf(values[0]) : '';
      return;
    }
    chips.hidden = values.length === 0;
    input.disabled = values.length >= most;
    fill(chips, values.map((value) => chip(value, nameOf(value), ctx, () => take(values.filter((one) => one !== value)))));
  };
  const take = (next) => {
    const before = values;
    values = next;
    show();
    change(values, () => {
      values = before;
      show();
    });
  };
  const pick = (value) => {
    list.hide();
    if (multi) input.value = '';
    take(multi ? [...values, value] : [value]);
    input.focus();
  };
  const offer = (typed) => {
    const left = options.filter((option) => !(multi && values.includes(option.value)) && option.answers(typed));
    list.show(left.map(({ value, group, content }) => ({ value, group, content })), { empty: ctx.say('noMatch'), first: typed !== '' });
  };

  follow(input, list, {
    offer,
    leave: () => {
      if (!multi && input.value.trim() === '' && values.length) take([]);
      else if (!multi) show();
      else input.value = '';
    },
    back: () => {
      if (multi && input.value === '' && values.length) take(values.slice(0, -1));
    },
  });
  show();
  return node;
}

// follow opens the list as a person clicks or types, and closes it when they
// leave. Merely coming by with Tab opens nothing.
function follow(input, list, { offer, leave, back }) {
  input.addEventListener('click', () => {
    if (list.open) return;
    input.select();
    offer('');
  });
  input.addEventListener('input', () => offer(input.value.trim()));
  input.addEventListener('blur', () => {
    list.hide();
    leave();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || list.key(event)) return;
    if (event.key === 'ArrowDown') offer('');
    // Enter in a picker means "this one", never "send the form".
    if (event.key === 'ArrowDown' || event.key === 'Enter') event.preventDefault();
    if (event.key === 'Backspace') back();
  });
}

function chip(value, name, ctx, remove) {
  return h('li', { class: 'chip', data: { value } }, name,
    h('button', { type: 'button', class: 'chip-remove', 'aria-label': ctx.say('remove', { name }), on: { click: remove } }, '×'));
}
