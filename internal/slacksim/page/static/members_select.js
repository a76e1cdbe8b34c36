// Selects of members: the workspace's people by name.

import { chosen, named } from './control.js';
import { h } from './dom.js';
import { plain } from './mrkdwn.js';
import { avatar, matches, nameOf } from './people.js';
import { picker } from './picker.js';

export function usersSelect(element, at, ctx) {
  const type = 'users_select';
  const held = ctx.form.enter(at.block, element.action_id, { type, value: element.initial_user ?? null });
  return members(element, at, ctx, {
    held: held.value ? [held.value] : [],
    multi: false,
    change: ([value = null], undo) => chosen(element, at, ctx, { type, value }, undo),
  });
}

export function multiUsersSelect(element, at, ctx) {
  const type = 'multi_users_select';
  const held = ctx.form.enter(at.block, element.action_id, { type, values: element.initial_users ?? [] });
  return members(element, at, ctx, {
    held: held.values,
    multi: true,
    most: element.max_selected_items,
    change: (values, undo) => chosen(element, at, ctx, { type, values }, undo),
  });
}

// Bots are on offer too, as they are in Slack: the app has to be ready for a
// person who picks one.
function members(element, at, ctx, rest) {
  const options = [...ctx.people.values()].filter((person) => !person.deleted).map((person) => ({
    value: person.id,
    name: nameOf(person),
    content: option(person),
    answers: (typed) => matches(person, typed),
  }));
  return picker({ options, named: named(element, at), placeholder: plain(element.placeholder) || ctx.say('search'), ctx, ...rest });
}

// option is how a person looks in a list of suggestions.
export function option(person) {
  const full = person.real_name && person.real_name !== nameOf(person) ? person.real_name : person.title;
  return [avatar(person), h('span', { class: 'option-name' }, nameOf(person)), full && h('span', { class: 'detail' }, full)];
}
