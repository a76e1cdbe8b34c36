// Slack's text: mrkdwn with its styles, quotes, code, mentions and links, and
// plain text. Both become DOM nodes.

import { dateTokens } from './dates.js';
import { h } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { nameOf } from './people.js';

// unescape undoes the three entities Slack knows, and no other.
function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (all, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);
}

// plain is the text of a plain_text object.
export function plain(object) {
  if (!object) return '';
  const text = unescape(object.text ?? '');
  return object.emoji === false ? text : withEmoji(text);
}

// textNodes draws a text object of either kind.
export function textNodes(object, ctx) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text ?? '', ctx, object.verbatim) : lines([plain(object)]);
}

// mrkdwn draws formatted text. ctx has people, zone and locale of the reader;
// verbatim leaves bare addresses unlinked.
export function mrkdwn(text, ctx, verbatim = false) {
  const parts = text.split('```');
  const nodes = [];
  parts.forEach((part, i) => {
    const fenced = i % 2 === 1 && i < parts.length - 1;
    if (fenced) nodes.push(h('pre', null, unescape(part.replace(/^\n|\n$/g, ''))));
    else if (i % 2 === 1) nodes.push(...paragraphs('```' + part, ctx, verbatim));
    else nodes.push(...paragraphs(i ? part.replace(/^\n/, '') : part, ctx, verbatim));
  });
  return nodes;
}

const QUOTE = /^(?:&gt;|>) ?/;
const LONG_QUOTE = /^(?:&gt;|>){3} ?/;

// paragraphs gathers lines, and those that begin with > into quotes; >>>
// quotes all that follows.
function paragraphs(text, ctx, verbatim) {
  const nodes = [];
  let run = [];
  let quoted = false;
  let toTheEnd = false;
  const flush = () => {
    if (!run.length) return;
    const drawn = lines(run.map((line) => inline(line, ctx, verbatim)));
    nodes.push(...(quoted ? [h('blockquote', null, drawn)] : drawn));
    run = [];
  };
  for (const line of text.split('\n')) {
    const opens = !toTheEnd && LONG_QUOTE.test(line);
    const quote = toTheEnd || opens || QUOTE.test(line);
    if (quote !== quoted) flush();
    quoted = quote;
    if (opens) run.push(line.replace(LONG_QUOTE, ''));
    else run.push(quote && !toTheEnd ? line.replace(QUOTE, '') : line);
    toTheEnd ||= opens;
  }
  flush();
  return nodes;
}

// lines joins lines, given as texts or node lists, with breaks.
function lines(list) {
  const split = list.flatMap((line) => (typeof line === 'string' ? line.split('\n') : [line]));
  return split.flatMap((line, i) => (i ? [h('br'), line] : [line])).flat();
}

const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const CODE = /`([^`]+)`/uy;
const ANGLE = /<([^<>]+)>/uy;
const SHORTCODE = /:([a-z0-9_+-]+):/uy;
// A style begins after a space or punctuation and ends before one, letters of
// Japanese included: Slack leaves 太字*ではない*文 alone, and so must we, or the
// page would show formatting that nobody else sees.
const STYLED = /([*_~])(?![\s*_~]*\1)(\S(?:.*?\S)??)\1(?![\p{L}\p{N}*_~])/uy;
const BARE = /https?:\/\/(?:(?![<>|])[!-~])*[\w\/=&#%~+-]/uy;
const WORD = /[\p{L}\p{N}]/u;

// inline draws one line.
function inline(text, ctx, verbatim) {
  const nodes = [];
  let literal = '';
  const add = (node) => {
    if (literal) nodes.push(unescape(literal));
    literal = '';
    nodes.push(node);
  };
  for (let i = 0; i < text.length; ) {
    const found = token(text, i, ctx, verbatim);
    if (found) add(found.node);
    else literal += text[i];
    i += found ? found.length : 1;
  }
  if (literal) nodes.push(unescape(literal));
  return nodes;
}

// token draws the formatted thing that begins at i, if one does.
function token(text, i, ctx, verbatim) {
  const at = (pattern) => {
    pattern.lastIndex = i;
    return pattern.exec(text);
  };
  const inWord = i > 0 && WORD.test(text[i - 1]);
  const take = (match, node) => (node ? { node, length: match[0].length } : null);
  let match;
  switch (text[i]) {
    case '`':
      return (match = at(CODE)) && take(match, h('code', null, unescape(match[1])));
    case '<':
      return (match = at(ANGLE)) && take(match, angle(match[1], ctx));
    case ':':
      return (match = at(SHORTCODE)) && take(match, emoji(match[1]));
    case '*':
    case '_':
    case '~':
      return !inWord && (match = at(STYLED)) && take(match, h(STYLES[match[1]], null, inline(match[2], ctx, verbatim)));
    case 'h':
      return !inWord && !verbatim && (match = at(BARE)) && take(match, link(match[0], match[0]));
    default:
      return null;
  }
}

// angle draws what stands between < and >: a mention, a date or a link.
function angle(inner, ctx) {
  const [target, label] = cut(inner, '|');
  switch (target[0]) {
    case '@':
      return mention(target.slice(1), ctx);
    case '#':
      return chip(`#${unescape(label ?? target.slice(1))}`);
    case '!':
      return special(target.slice(1), label, ctx);
    default:
      return link(target, label ?? target);
  }
}

function special(target, label, ctx) {
  const [kind, seconds, template, address] = target.split('^');
  if (kind === 'date' && Number.isFinite(Number(seconds))) {
    const text = unescape(dateTokens(template ?? '', Number(seconds), ctx.zone, ctx.locale));
    return address ? link(address, text) : text || unescape(label ?? '');
  }
  return chip(unescape(label ?? `@${kind}`));
}

// mention draws a member's name as a chip.
export function mention(id, ctx) {
  const person = ctx.people.get(id);
  const mine = id === ctx.viewer ? ' mention-me' : '';
  return h('span', { class: `mention${mine}`, data: { user: id } }, `@${person ? nameOf(person) : id}`);
}

// link draws an address a person may follow; anything but the web and mail is
// shown as text, so that no javascript: address ever becomes clickable.
export function link(address, label) {
  const href = unescape(address);
  const text = unescape(label);
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return text;
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

function chip(text) {
  return h('span', { class: 'mention' }, text);
}

function cut(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
