// rich_text blocks: text as a tree instead of as marks.

import { dateTokens } from './dates.js';
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { link, mention } from './mrkdwn.js';

export function richText(block, ctx) {
  const nodes = [];
  let lists = [];
  for (const element of block.elements ?? []) {
    if (element.type !== 'rich_text_list') {
      lists = [];
      nodes.push(part(element, ctx));
      continue;
    }
    const depth = Math.min(element.indent ?? 0, lists.length);
    const list = h(element.style === 'ordered' ? 'ol' : 'ul', null, element.elements.map((item) => h('li', null, leaves(item, ctx))));
    // An indented list belongs into the last item of the list before it.
    const parent = depth ? lists[depth - 1].lastElementChild : null;
    if (parent) parent.append(list);
    else nodes.push(list);
    lists = [...lists.slice(0, depth), list];
  }
  return nodes;
}

function part(element, ctx) {
  switch (element.type) {
    case 'rich_text_preformatted':
      return h('pre', null, leaves(element, ctx));
    case 'rich_text_quote':
      return h('blockquote', { class: 'prewrap' }, leaves(element, ctx));
    default:
      return h('p', { class: 'prewrap' }, leaves(element, ctx));
  }
}

function leaves(element, ctx) {
  return (element.elements ?? []).map((leaf) => styled(drawLeaf(leaf, ctx), leaf.style));
}

function drawLeaf(leaf, ctx) {
  switch (leaf.type) {
    case 'link':
      return link(leaf.url, leaf.text ?? leaf.url);
    case 'user':
      return mention(leaf.user_id, ctx);
    case 'emoji':
      return emoji(leaf.name) ?? `:${leaf.name}:`;
    case 'date':
      return dateTokens(leaf.format, leaf.timestamp, ctx.zone, ctx.locale);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${leaf.range}`);
    default:
      return leaf.text ?? '';
  }
}

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, null, inner) : inner), node);
}
