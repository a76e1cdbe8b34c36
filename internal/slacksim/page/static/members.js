// The list of members one can look through: at the left where there is room,
// behind a button where there is not.

import { fill, h, redraw, unseen } from './dom.js';
import { avatar, isMember, nameOf } from './people.js';

export class Members {
  #nav;
  #say;
  #drawn = '';

  // nav holds the list. say gives the words of the moment.
  constructor(nav, say) {
    this.#nav = nav;
    this.#say = say;
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#show(false));
    addEventListener('pointerdown', (event) => {
      if (!nav.contains(event.target)) this.#show(false);
    });
  }

  // render shows the users, with a link to the tab each is looked at.
  render({ users, viewer, tab, language }) {
    const drawn = JSON.stringify([users, viewer?.id, tab, language]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const members = users.filter(isMember);
    redraw(this.#nav, () => this.#draw(members, viewer, tab));
  }

  #draw(members, viewer, tab) {
    const say = this.#say;
    const open = this.#nav.classList.contains('open');
    this.#nav.setAttribute('aria-label', say('members'));
    const elsewhere = members.some((person) => person.unread > 0 && person.id !== viewer?.id);
    fill(this.#nav,
      viewer && h('button', {
        type: 'button', class: 'switcher', data: { test: 'switcher' }, 'aria-expanded': String(open), 'aria-controls': 'memberlist',
        'aria-label': say('switcher', { name: nameOf(viewer) }), on: { click: () => this.#show(!this.#nav.classList.contains('open')) },
      }, avatar(viewer), h('span', { class: 'member-name' }, nameOf(viewer)), elsewhere && h('span', { class: 'dot' }), h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾')),
      h('p', { class: 'members-lead', 'aria-hidden': 'true' }, say('membersLead')),
      h('ul', { id: 'memberlist' }, members.map((person) => this.#item(person, viewer, tab, say))));
  }

  #item(person, viewer, tab, say) {
    const current = person.id === viewer?.id;
    const detail = person.deleted ? say('left') : person.title;
    return h('li', null, h('a', {
      href: `#${person.id}/${tab}`,
      class: `member${person.deleted ? ' member-left' : ''}`,
      'aria-current': current ? 'true' : null,
      data: { test: `member-${person.id}` },
      on: { click: () => this.#show(false) },
    },
    avatar(person),
    h('span', { class: 'member-text' }, h('span', { class: 'member-name' }, nameOf(person)), detail && h('span', { class: 'detail' }, detail)),
    person.unread > 0 && !current && h('span', { class: 'dot', data: { test: `unread-${person.id}` } }, unseen(say('unread', { n: person.unread })))));
  }

  #show(open) {
    this.#nav.classList.toggle('open', open);
    this.#nav.querySelector('.switcher')?.setAttribute('aria-expanded', String(open));
  }
}
