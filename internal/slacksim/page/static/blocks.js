// Block Kit blocks: the layout around text and elements.

import { h } from './dom.js';
import { drawElement, image, notDrawn } from './elements.js';
import { plain, textNodes } from './mrkdwn.js';
import { richText } from './richtext.js';

const DRAW = {
  section,
  header: (block) => h('h3', { class: 'block header' }, plain(block.text)),
  context,
  actions,
  divider: () => h('hr', { class: 'block' }),
  input,
  image: (block, ctx) => h('figure', { class: 'block' }, block.title && h('figcaption', null, plain(block.title)), image(block, ctx)),
  rich_text: (block, ctx) => h('div', { class: 'block rich' }, richText(block, ctx)),
};

// drawBlocks draws a list of blocks. ctx is told of in control.js.
export function drawBlocks(blocks, ctx) {
  return (blocks ?? []).map((block) => {
    const draw = Object.hasOwn(DRAW, block.type) ? DRAW[block.type] : null;
    return draw ? draw(block, ctx) : notDrawn(block.type, ctx);
  });
}

function section(block, ctx) {
  const label = ctx.id();
  const at = { block: block.block_id, dispatch: true, label };
  return h('div', { class: 'block section' },
    h('div', { class: 'section-text', id: label },
      block.text && h('div', { class: 'text' }, textNodes(block.text, ctx)),
      block.fields && h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'text' }, textNodes(field, ctx))))),
    block.accessory && h('div', { class: `accessory accessory-${block.accessory.type}` }, drawElement(block.accessory, at, ctx)));
}

function context(block, ctx) {
  return h('div', { class: 'block context' }, block.elements.map((element) =>
    element.type === 'image' ? image(element, ctx) : h('span', { class: 'text' }, textNodes(element, ctx))));
}

function actions(block, ctx) {
  const at = { block: block.block_id, dispatch: true };
  return h('div', { class: 'block actions' }, block.elements.map((element) => drawElement(element, at, ctx)));
}

// input draws a field with its label, hint and a place for what is wrong.
function input(block, ctx) {
  const [label, hint, error] = [ctx.id(), block.hint ? ctx.id() : null, ctx.id()];
  const at = {
    block: block.block_id,
    dispatch: block.dispatch_action === true,
    optional: block.optional === true,
    label,
    describe: [hint, error].filter(Boolean).join(' '),
  };
  const control = drawElement(block.element, at, ctx);
  const name = h('span', { class: 'label', id: label },
    plain(block.label),
    block.optional && h('span', { class: 'detail' }, ` ${ctx.say('optional')}`));
  return h('div', { class: 'block input', data: { input: block.block_id } },
    h('div', { on: { click: () => focusOn(control) } }, name),
    control,
    hint && h('p', { class: 'hint', id: hint }, plain(block.hint)),
    h('p', { class: 'error', id: error, data: { test: `error-${block.block_id}` }, hidden: true }));
}

// A click on the name of a field goes to the field, as with any label. The
// controls differ too much for the browser's own <label for>.
function focusOn(control) {
  fieldOf(control)?.focus();
}

function fieldOf(node) {
  const fields = 'input, select, textarea, button';
  return node.matches?.(fields) ? node : node.querySelector?.(fields);
}

// showErrors puts what is wrong under each field of root, clears the rest, and
// returns the first field that has to be mended.
export function showErrors(root, errors) {
  let first = null;
  for (const node of root.querySelectorAll('[data-input]')) {
    const text = errors?.[node.dataset.input] ?? '';
    const error = node.querySelector('.error');
    error.textContent = text;
    error.hidden = text === '';
    node.classList.toggle('wrong', text !== '');
    const field = fieldOf(node);
    if (text) field?.setAttribute('aria-invalid', 'true');
    else field?.removeAttribute('aria-invalid');
    if (text) first ??= field;
  }
  return first;
}
