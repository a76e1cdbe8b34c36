// The list of members one can look through: at the left where there is room,
// behind a button where there is not.

import { fill, h, unseen } from './dom.js';
import { avatar, isMember, nameOf } from './people.js';

export class Members {
  #nav;
  #say;
  #items = new Map(); // user id → {node, link, text, drawn}
  #lead = h('p', { class: 'members-lead', 'aria-hidden': 'true' });
  #list = h('ul', { id: 'memberlist' });
  #switcher;
  #switcherDrawn = '';

  // nav holds the list. say gives the words of the moment.
  constructor(nav, say) {
    this.#nav = nav;
    this.#say = say;
    this.#switcher = h('button', {
      type: 'button', class: 'switcher', data: { test: 'switcher' }, 'aria-controls': 'memberlist', 'aria-expanded': 'false',
      on: { click: () => this.#show(!nav.classList.contains('open')) },
    });
    fill(nav, this.#switcher, this.#lead, this.#list);
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#show(false));
    addEventListener('pointerdown', (event) => nav.contains(event.target) || this.#show(false));
  }

  // render shows the users, each a link to the tab now looked at. Links stay
  // the same nodes throughout, so that none vanishes under a finger.
  render({ users, viewer, tab, language }) {
    const members = users.filter(isMember);
    this.#nav.setAttribute('aria-label', this.#say('members'));
    this.#lead.textContent = this.#say('membersLead');
    this.#drawSwitcher(members, viewer, language);
    for (const person of members) this.#draw(person, person.id === viewer?.id, tab, language);
    const there = new Set(members.map((person) => person.id));
    for (const [id, item] of this.#items) {
      if (there.has(id)) continue;
      item.node.remove();
      this.#items.delete(id);
    }
  }

  #drawSwitcher(members, viewer, language) {
    const elsewhere = members.some((person) => person.unread > 0 && person.id !== viewer?.id);
    const drawn = JSON.stringify([viewer && nameOf(viewer), elsewhere, language]);
    if (!viewer || drawn === this.#switcherDrawn) return;
    this.#switcherDrawn = drawn;
    const name = nameOf(viewer);
    this.#switcher.setAttribute('aria-label', this.#say('switcher', { name }));
    fill(this.#switcher,
      avatar(viewer),
      h('span', { class: 'member-name' }, name),
      elsewhere && h('span', { class: 'dot' }),
      h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾'));
  }

  #draw(person, current, tab, language) {
    const { link, ...item } = this.#item(person);
    link.href = `#${person.id}/${tab}`;
    if (current) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    const unread = current ? 0 : person.unread;
    const drawn = JSON.stringify([nameOf(person), person.real_name, person.title, person.deleted, unread, language]);
    if (drawn === item.drawn) return;
    this.#items.set(person.id, { ...item, link, drawn });
    const full = person.real_name === nameOf(person) ? '' : person.real_name;
    const detail = person.deleted ? this.#say('left') : [full, person.title].filter(Boolean).join(' · ');
    link.classList.toggle('member-left', person.deleted);
    fill(link,
      avatar(person),
      h('span', { class: 'member-text' },
        h('span', { class: 'member-name' }, nameOf(person)),
        detail && h('span', { class: 'detail' }, detail)),
      unread > 0 && h('span', { class: 'dot', data: { test: `unread-${person.id}` } }, unseen(this.#say('unread', { n: unread }))));
  }

  #item({ id }) {
    if (!this.#items.has(id)) {
      const link = h('a', { class: 'member', data: { test: `member-${id}` }, on: { click: () => this.#show(false) } });
      const node = h('li', null, link);
      this.#list.append(node);
      this.#items.set(id, { node, link, drawn: '' });
    }
    return this.#items.get(id);
  }

  #show(open) {
    this.#nav.classList.toggle('open', open);
    this.#switcher.setAttribute('aria-expanded', String(open));
  }
}
