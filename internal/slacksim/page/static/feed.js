// The conversation with the bot: messages under the days they came on. A
// message is drawn again only when it changed, so that a list being opened or
// a text being typed in another is left in peace.

import * as dates from './dates.js';
import { h, redraw } from './dom.js';
import { Form } from './form.js';
import { drawMessage } from './message.js';

const NEAR = 80; // px from the end that still count as being at the end

export class Feed {
  #scroll;
  #deps;
  #list = h('ol', { class: 'feed' });
  #below;
  #items = new Map(); // ts → {node, drawn, form}
  #days = new Map(); // YYYY-MM-DD → the row that names the day
  #whose = null;
  #stuck = true; // the person was at the end when they last scrolled
  // A keyboard coming up, a text breaking into more lines, a list being opened
  // in the last message: none of them must hide the end.
  #sizes = new ResizeObserver(() => this.#list.isConnected && this.#stuck && this.toEnd());

  // scroll is the box that scrolls. deps: drawing, signature, say, bot,
  // announce(message).
  constructor(scroll, deps) {
    this.#scroll = scroll;
    this.#deps = deps;
    this.#below = h('button', { type: 'button', class: 'new-below', hidden: true, on: { click: () => this.toEnd() } });
    scroll.addEventListener('scroll', () => this.#scrolled());
    this.#sizes.observe(scroll);
  }

  // render shows a member's messages and returns what to put on the page.
  render(member, now) {
    const whose = member.user.id;
    const anew = whose !== this.#whose;
    if (anew) this.#begin();
    this.#whose = whose;
    const stick = anew || this.#atEnd();
    const fresh = this.#sync(member);
    arrange(this.#list, this.#rows(member.messages, now));
    if (stick) queueMicrotask(() => this.toEnd());
    if (!anew) this.#tell(fresh, stick);
    return [this.#list, this.#below];
  }

  #begin() {
    this.#items.clear();
    this.#sizes.unobserve(this.#list);
    this.#list = h('ol', { class: 'feed' });
    this.#sizes.observe(this.#list);
  }

  toEnd() {
    this.#stuck = true;
    this.#below.hidden = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #scrolled() {
    this.#stuck = this.#atEnd();
    if (this.#stuck) this.#below.hidden = true;
  }

  #atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  // sync draws what is new or changed, forgets what is gone, and returns the
  // new ones.
  #sync({ channel, messages }) {
    const fresh = [];
    const there = new Set(messages.map((message) => message.ts));
    for (const ts of this.#items.keys()) if (!there.has(ts)) this.#items.delete(ts);
    for (const message of messages) {
      if (!this.#items.has(message.ts)) {
        this.#items.set(message.ts, { node: this.#item(message), drawn: '', form: new Form() });
        fresh.push(message);
      }
      this.#draw(this.#items.get(message.ts), message, channel);
    }
    return fresh;
  }

  #item(message) {
    const classes = ['message', message.ephemeral && 'ephemeral', message.own && 'own'].filter(Boolean).join(' ');
    return h('li', { class: classes, tabindex: '-1', data: { test: 'message', ts: message.ts } });
  }

  #draw(item, message, channel) {
    const { state, ...rest } = message;
    const drawn = JSON.stringify([rest, this.#deps.signature()]);
    if (drawn === item.drawn) return;
    item.drawn = drawn;
    item.form.begin(state);
    const ctx = this.#deps.drawing(item.form, { type: 'message', channel: message.channel || channel, ts: message.ts });
    redraw(item.node, () => drawMessage(item.node, message, this.#deps.bot(), ctx));
  }

  #rows(messages, now) {
    const { zone, language } = this.#deps.drawing(null, null);
    const rows = [];
    let last = null;
    for (const message of messages) {
      const moment = new Date(message.time);
      const key = dates.dayKey(moment, zone);
      if (key !== last) rows.push(this.#dayRow(key, moment, now, zone, language));
      last = key;
      rows.push(this.#items.get(message.ts).node);
    }
    return rows;
  }

  #dayRow(key, moment, now, zone, language) {
    const { say } = this.#deps;
    const today = dates.dayKey(now, zone);
    const yesterday = new Date(Date.parse(today) - 864e5).toISOString().slice(0, 10);
    const name = key === today ? say('today') : key === yesterday ? say('yesterday') : dates.day(moment, zone, language);
    if (!this.#days.has(key)) this.#days.set(key, h('li', { class: 'day' }, h('span')));
    const row = this.#days.get(key);
    row.firstElementChild.textContent = name;
    return row;
  }

  #tell(fresh, seen) {
    const heard = fresh.filter((message) => !message.own);
    if (!heard.length) return;
    this.#deps.announce(heard.at(-1));
    if (seen) return;
    this.#below.textContent = `${this.#deps.say('newBelow')} ↓`;
    this.#below.hidden = false;
  }
}

// arrange puts the rows in place and moves none that stands right: a node taken
// out and put back would lose the focus and any open list in it.
function arrange(list, rows) {
  const wanted = new Set(rows);
  for (const row of [...list.children]) if (!wanted.has(row)) row.remove();
  rows.forEach((row, i) => {
    if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
  });
}
