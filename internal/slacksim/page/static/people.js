// Members: their names, initials and colours.

import { h } from './dom.js';

const COLOURS = 8;
// Slack's own notices come from accounts that do not say they are bots.
const SYSTEM = new Set(['USLACKBOT', 'USLACK']);

// nameOf is the name others see.
export function nameOf(person) {
  return person.display_name || person.real_name || person.name || person.id;
}

// isMember tells a person one can look through from a bot.
export function isMember(person) {
  return !person.is_bot && !SYSTEM.has(person.id);
}

// initials are one letter of a Japanese name, two of one in Latin letters.
function initials(person) {
  const words = nameOf(person).trim().split(/[\s　]+/u);
  const first = [...words[0]][0] ?? '?';
  const latin = /^[\p{Script=Latin}]/u.test(first);
  const second = latin && words.length > 1 ? [...words.at(-1)][0] : '';
  return (first + second).toUpperCase();
}

// colourOf picks one of the soft colours by id, the same on every visit.
function colourOf(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % COLOURS;
}

// avatar draws a person's initials. It is decoration: the name stands beside.
export function avatar(person) {
  return h('span', { class: `avatar avatar-${colourOf(person.id)}`, 'aria-hidden': 'true' }, initials(person));
}

// botAvatar draws the bot's cup.
export function botAvatar() {
  return h('span', { class: 'avatar avatar-bot', 'aria-hidden': 'true' });
}

// matches tells whether a person answers to what was typed so far.
export function matches(person, typed) {
  const wanted = typed.normalize('NFKC').toLowerCase();
  return [person.name, person.display_name, person.real_name]
    .some((name) => name && name.normalize('NFKC').toLowerCase().includes(wanted));
}
