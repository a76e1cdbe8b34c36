// The gallery: every view and message the bot can build, drawn without a bot
// behind it. Whatever in the data carries blocks is shown, under the names
// that lead to it.

import { drawBlocks } from './blocks.js';
import { h } from './dom.js';
import { Form } from './form.js';
import { plain } from './mrkdwn.js';

// drawGallery draws all of data.
export function drawGallery(data, deps) {
  const cards = found(data).map(({ name, view }) => card(name, view, deps));
  return h('div', { class: 'gallery' }, cards.length ? cards : h('p', { class: 'empty' }, deps.say('noGallery')));
}

function card(name, view, deps) {
  const form = new Form();
  form.begin({});
  const ctx = { ...deps.drawing(form, null), act: async () => false, ask: async () => false };
  return h('section', { class: 'card', 'aria-label': name },
    h('h2', null, name),
    view.title && h('p', { class: 'card-title' }, plain(view.title)),
    drawBlocks(view.blocks, ctx));
}

function found(data, path = []) {
  if (!data || typeof data !== 'object') return [];
  if (Array.isArray(data.blocks)) return [{ name: path.join(' · '), view: data }];
  return Object.entries(data).flatMap(([key, value]) => {
    const name = Array.isArray(data) ? [value?.name, value?.lang].filter(Boolean).join(' · ') || Number(key) + 1 : key;
    const own = ['view', 'message', 'items'].includes(key) ? [] : [name];
    return found(value, [...path, ...own]);
  });
}
