// Controls that take free entry: text, a date, a time.

import { chosen, entered, named } from './control.js';
import { epoch, local } from './dates.js';
import { h } from './dom.js';
import { plain } from './mrkdwn.js';

export function textInput(element, at, ctx) {
  const type = 'plain_text_input';
  const held = ctx.form.enter(at.block, element.action_id, { type, value: element.initial_value ?? null });
  const counter = element.max_length ? h('span', { class: 'counter', 'aria-hidden': 'true' }) : null;
  const value = () => ({ type, value: node.value === '' ? null : node.value });
  const count = () => {
    if (!counter) return;
    counter.textContent = `${node.value.length} / ${element.max_length}`;
    counter.classList.toggle('over', node.value.length > element.max_length);
  };
  const node = h(element.multiline ? 'textarea' : 'input', {
    ...named(element, at),
    type: element.multiline ? null : 'text',
    rows: element.multiline ? 4 : null,
    class: 'field',
    placeholder: plain(element.placeholder) || null,
    value: held.value ?? '',
    on: {
      input: () => {
        entered(element, at, ctx, value());
        count();
      },
      keydown: (event) => sendOnEnter(event, element, at, ctx, value),
    },
  });
  // No maxlength: a longer text pasted in would lose its end unnoticed. It
  // stays whole and the submit says by how much it is over.
  count();
  return counter ? h('div', { class: 'counted' }, node, counter) : node;
}

function sendOnEnter(event, element, at, ctx, value) {
  if (event.key !== 'Enter' || event.isComposing || element.multiline || !at.dispatch) return;
  event.preventDefault();
  chosen(element, at, ctx, value(), () => {});
}

export function datePicker(element, at, ctx) {
  return moment(element, at, ctx, {
    kind: 'date',
    type: 'datepicker',
    initial: element.initial_date ?? null,
  });
}

export function timePicker(element, at, ctx) {
  return moment(element, at, ctx, {
    kind: 'time',
    type: 'timepicker',
    initial: element.initial_time ?? null,
  });
}

// datetimePicker speaks seconds since 1970; the field shows them in the zone
// of the member looked through.
export function datetimePicker(element, at, ctx) {
  return moment(element, at, ctx, {
    kind: 'datetime-local',
    type: 'datetimepicker',
    initial: element.initial_date_time ?? null,
    show: (value) => local(new Date(value * 1000), ctx.zone),
    read: (text) => epoch(text, ctx.zone),
  });
}

const SETTLED = 700; // ms without a change before a typed date is taken as meant

function moment(element, at, ctx, { kind, type, initial, show = String, read = String }) {
  const held = ctx.form.enter(at.block, element.action_id, { type, value: initial });
  const shown = (value) => (value === null || value === undefined ? '' : show(value));
  let before = shown(held.value);
  let timer = 0;
  const value = () => ({ type, value: node.value ? read(node.value) : null });
  const send = async () => {
    clearTimeout(timer);
    if (node.value === before) return;
    const back = before;
    before = node.value;
    await chosen(element, at, ctx, value(), () => {
      node.value = before = back;
      entered(element, at, ctx, value());
    });
  };
  // While digits are typed the field changes with every one of them, the year
  // 2026 by way of 0002. Where a choice is sent at once it waits for a pause.
  const changed = () => {
    clearTimeout(timer);
    entered(element, at, ctx, value());
    if (at.dispatch) timer = setTimeout(send, SETTLED);
  };
  const node = h('input', {
    ...named(element, at),
    type: kind,
    class: 'field field-short',
    value: before,
    on: { change: changed, blur: () => at.dispatch && send() },
  });
  return node;
}
