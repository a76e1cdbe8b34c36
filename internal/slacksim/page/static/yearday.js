// One day of the year ahead in words, in a mark and in a colour: never in a
// colour alone.

import * as dates from './dates.js';
import { h } from './dom.js';
import { nameOf } from './people.js';

// A message by its kind: its name, its mark and how it looks.
const KINDS = {
  nudge: ['kindNudge', 'markNudge', 'nudge'],
  thanks: ['kindThanks', 'markThanks', 'thanks'],
  hello: ['kindHello', 'markHello', 'hello'],
  welcome_back: ['kindWelcome', 'markWelcome', 'hello'],
  digest: ['kindDigest', 'markDigest', 'digest'],
  goodbye: ['kindGoodbye', 'markGoodbye', 'digest'],
  invitation: ['kindInvitation', 'markInvitation', 'digest'],
};

// A quiet day by its reason.
const REASONS = {
  'weekend': ['whyWeekend', 'markWeekend', 'weekend'],
  'holiday': ['whyHoliday', 'markHoliday', 'holiday'],
  'day off': ['whyHoliday', 'markHoliday', 'holiday'],
  'enough this week': ['whyWeek', 'markQuiet', 'quiet'],
  'nobody due': ['whyNobody', 'markQuiet', 'quiet'],
  'one today already': ['whyToday', 'markQuiet', 'quiet'],
  'back-off': ['whyBackOff', 'markBackOff', 'quiet'],
  'paused': ['whyPaused', 'markBackOff', 'quiet'],
  'off': ['whyOff', 'markBackOff', 'quiet'],
  'outside hours': ['whyHour', 'markQuiet', 'quiet'],
  'unconfirmed': ['whyUnconfirmed', 'markBackOff', 'quiet'],
  'gone': ['whyGone', 'markBackOff', 'quiet'],
};

const LEVELS = { factual: 'levelFactual', causative: 'levelCausative', values: 'levelValues' };

export const isMessage = (day) => Boolean(day.kind);

function looks(day) {
  return (isMessage(day) ? KINDS[day.kind] : REASONS[day.why]) ?? ['whyOther', 'markQuiet', 'quiet'];
}

export const markOf = (day, { say }) => say(looks(day)[1]);
export const styleOf = (day) => `is-${looks(day)[2]}`;

const nameFor = (day, { people }) => (people.has(day.person) ? nameOf(people.get(day.person)) : day.person);
const dayName = (day, { zone, language }) => dates.day(new Date(`${day.on}T00:00:00Z`), zone, language);

// what a day brings, without its date.
function what(day, ctx) {
  const { say } = ctx;
  const name = say(looks(day)[0]);
  return isMessage(day) && day.person ? say('yearAbout', { what: name, name: nameFor(day, ctx) }) : name;
}

// describe is a day in one line, for the pointer and for who cannot see.
export function describe(day, ctx) {
  return ctx.say('yearDay', { day: dayName(day, ctx), what: what(day, ctx) });
}

// tell is everything about a day but the starter's words.
export function tell(day, ctx) {
  const { say } = ctx;
  return [
    h('h2', null, dayName(day, ctx)),
    h('p', { class: 'year-what' },
      h('span', { class: `swatch ${styleOf(day)}`, 'aria-hidden': 'true' }, markOf(day, ctx)),
      h('span', null, what(day, ctx))),
    isMessage(day)
      ? h('dl', null,
        h('dt', null, say('yearTime')), h('dd', null, day.at),
        day.level && [h('dt', null, say('yearLevel')), h('dd', null, say(LEVELS[day.level] ?? 'levelFactual'))])
      : day.why !== 'one today already' && h('p', { class: 'detail' }, say('yearQuiet')),
  ];
}

// words is what the starter of a day says, if there is one.
export function words(day, { language }) {
  const text = day.text?.[language] ?? day.text?.en;
  return text && h('blockquote', { lang: language }, text);
}

// legendOf lists the marks that are in the days: each with its look and with
// what it stands for and how often, messages first and the most frequent first.
export function legendOf(days, { say }) {
  const marks = new Map();
  for (const day of days) {
    const [name, mark, style] = looks(day);
    if (!marks.has(mark)) marks.set(mark, { message: isMessage(day), style: `is-${style}`, mark: say(mark), names: new Map(), n: 0 });
    const entry = marks.get(mark);
    entry.names.set(say(name), (entry.names.get(say(name)) ?? 0) + 1);
    entry.n++;
  }
  const entries = [...marks.values()].sort((a, b) => b.message - a.message || b.n - a.n);
  return entries.map((entry) => ({ ...entry, names: [...entry.names].sort((a, b) => b[1] - a[1]) }));
}
