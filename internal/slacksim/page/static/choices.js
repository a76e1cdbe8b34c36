// Controls with a given set of options: selects, radio buttons, checkboxes.

import { chosen, named } from './control.js';
import { h } from './dom.js';
import { plain, textNodes } from './mrkdwn.js';
import { picker } from './picker.js';

// staticSelect is the browser's own select: known to every phone and screen
// reader, and opened by the keys people expect.
export function staticSelect(element, at, ctx) {
  const type = 'static_select';
  const held = ctx.form.enter(at.block, element.action_id, { type, value: element.initial_option?.value ?? null });
  let before = held.value ?? '';
  const node = h('select', {
    ...named(element, at),
    class: 'field',
    on: {
      change: () => chosen(element, at, ctx, { type, value: node.value || null }, () => (node.value = before))
        .then(() => (before = node.value)),
    },
  }, placeholder(element, at, ctx, before), groups(element));
  node.value = before;
  return node;
}

// Once something is chosen, only an optional field can be emptied again.
function placeholder(element, at, ctx, before) {
  const text = plain(element.placeholder) || ctx.say('choose');
  return h('option', { value: '', disabled: !at.optional, hidden: !at.optional && before !== '' }, text);
}

function groups(element) {
  if (!element.option_groups) return (element.options ?? []).map(nativeOption);
  return element.option_groups.map((group) => h('optgroup', { label: plain(group.label) }, group.options.map(nativeOption)));
}

function nativeOption(option) {
  return h('option', { value: option.value }, plain(option.text));
}

// multiStaticSelect offers its options one after the other, chosen ones as
// chips.
export function multiStaticSelect(element, at, ctx) {
  const type = 'multi_static_select';
  const initial = (element.initial_options ?? []).map((option) => option.value);
  const held = ctx.form.enter(at.block, element.action_id, { type, values: initial });
  const options = (element.option_groups ?? [{ options: element.options ?? [] }]).flatMap(({ label, options: all }) =>
    all.map((option) => {
      const name = plain(option.text);
      const answers = (typed) => name.toLowerCase().includes(typed.toLowerCase());
      return { value: option.value, name, group: plain(label), content: [name], answers };
    }));
  return picker({
    options,
    held: held.values,
    multi: true,
    most: element.max_selected_items,
    named: named(element, at),
    placeholder: plain(element.placeholder) || ctx.say('choose'),
    ctx,
    change: (values, undo) => chosen(element, at, ctx, { type, values }, undo),
  });
}

export function radioButtons(element, at, ctx) {
  const type = 'radio_buttons';
  const held = ctx.form.enter(at.block, element.action_id, { type, value: element.initial_option?.value ?? null });
  let before = held.value;
  const group = box(element, at, ctx, 'radio', (value) => value === before, () => {
    const value = ticked(group)[0] ?? null;
    return chosen(element, at, ctx, { type, value }, () => tick(group, [before])).then(() => (before = ticked(group)[0]));
  });
  group.setAttribute('role', 'radiogroup');
  return group;
}

export function checkboxes(element, at, ctx) {
  const type = 'checkboxes';
  const initial = (element.initial_options ?? []).map((option) => option.value);
  const held = ctx.form.enter(at.block, element.action_id, { type, values: initial });
  let before = held.values;
  const group = box(element, at, ctx, 'checkbox', (value) => before.includes(value), () =>
    chosen(element, at, ctx, { type, values: ticked(group) }, () => tick(group, before)).then(() => (before = ticked(group))));
  group.setAttribute('role', 'group');
  return group;
}

function box(element, at, ctx, type, isTicked, change) {
  const name = ctx.id();
  return h('div', { ...named(element, at), class: 'choices' }, element.options.map((option) => {
    const text = ctx.id();
    const detail = option.description ? ctx.id() : null;
    return h('label', { class: 'choice' },
      h('input', {
        type, name, value: option.value, checked: isTicked(option.value),
        'aria-labelledby': text, 'aria-describedby': detail, on: { change },
      }),
      h('span', null,
        h('span', { id: text }, textNodes(option.text, ctx)),
        detail && h('span', { id: detail, class: 'detail' }, textNodes(option.description, ctx))));
  }));
}

function ticked(group) {
  return [...group.querySelectorAll('input:checked')].map((input) => input.value);
}

function tick(group, values) {
  for (const input of group.querySelectorAll('input')) input.checked = values.includes(input.value);
}
