// One message of a conversation.

import { drawBlocks } from './blocks.js';
import * as dates from './dates.js';
import { fill, h } from './dom.js';
import { mrkdwn, textNodes } from './mrkdwn.js';
import { avatar, botAvatar, nameOf } from './people.js';

// drawMessage fills node with a message. bot is the bot's name.
export function drawMessage(node, message, bot, ctx) {
  const { say } = ctx;
  const author = message.own ? ctx.people.get(ctx.viewer) : null;
  const moment = new Date(message.time);
  fill(node,
    author ? avatar(author) : botAvatar(),
    h('div', { class: 'message-body' },
      message.ephemeral && h('p', { class: 'only-you' }, say('onlyYou')),
      h('p', { class: 'byline' },
        h('strong', null, author ? nameOf(author) : bot),
        !author && h('span', { class: 'badge' }, say('app')),
        h('time', { datetime: message.time, title: dates.day(moment, ctx.zone, ctx.language) }, dates.time(moment, ctx.zone, ctx.language)),
        message.edited && h('span', { class: 'detail' }, say('edited'))),
      h('div', { class: 'message-content', lang: ctx.lang }, content(message, ctx))));
}

// What a person typed is shown as typed: only mentions are worth drawing in
// it, and a command's own stars and underscores are not formatting.
function content(message, ctx) {
  if (message.blocks?.length) return drawBlocks(message.blocks, ctx);
  if (message.own) return h('div', { class: 'text' }, textNodes({ type: 'plain_text', text: message.text, emoji: false }, ctx));
  return h('div', { class: 'text' }, mrkdwn(message.text ?? '', ctx));
}
