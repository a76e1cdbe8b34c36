// The page put together: the parts, what they need of each other, and when
// they are drawn.

import * as api from './api.js';
import { CommandLine } from './command.js';
import { ask } from './confirm.js';
import * as dates from './dates.js';
import { fill, h } from './dom.js';
import { Feed } from './feed.js';
import { Gallery } from './gallery.js';
import { Home } from './home.js';
import { Intro } from './intro.js';
import { Members } from './members.js';
import { Modals } from './modal.js';
import { Notices } from './notices.js';
import { nameOf } from './people.js';
import { parse, to } from './route.js';
import { State } from './state.js';
import { Tabs } from './tabs.js';
import { Topbar } from './topbar.js';
import { chooseLanguage, failure, wordsFor } from './words.js';
import { Year } from './year.js';

const POLL = 30_000; // ms between looks at the clock, which runs by itself

const node = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get('lang');

let language = chooseLanguage(asked, null, navigator.languages);
let words = wordsFor(language);
let ids = 0;

// say is one function for the life of the page, so that every part can keep
// it; the words behind it change with the language.
const say = (key, args) => words(key, args);
const id = () => `n${++ids}`;
const state = new State({ changed: () => render(), up: () => notices.up(), down: () => notices.down() });
const bot = () => state.workspace?.bot.name ?? '';
const explain = (error) => failure(say, error, { bot: bot() });
const signature = () => [language, state.version];
const langOf = (locale) => (locale ?? '').slice(0, 2) || null;

// drawing makes what blocks are drawn with: the reader, the words, the form
// that keeps entries, and where a press of a button goes.
function drawing(form, container, more = {}) {
  const { user, viewer, people } = state;
  const ctx = {
    say, language, people, id, form,
    viewer: user,
    zone: dates.zoneOf(viewer?.tz),
    locale: viewer?.locale || language,
    lang: langOf(viewer?.locale),
    failed: (text) => notices.tell(text, 'problem'),
    ask: (object) => ask(node('dialogs'), object, ctx),
    act: (block_id, action_id, value) => act(user, ctx, container, { block_id, action_id, value }),
    ...more,
  };
  return ctx;
}

async function act(user, ctx, container, what) {
  const extra = container.type === 'view' ? { state: ctx.form.state() } : {};
  const result = await api.action(user, { container, ...what, ...extra });
  if (!result.ok) ctx.failed(explain(result.error));
  await state.refresh();
  return result.ok;
}

async function submit(view, entries) {
  const result = await api.submit(state.user, view, entries);
  await state.refresh();
  return result;
}

async function close(view) {
  const result = await api.close(state.user, view);
  await state.refresh();
  return result;
}

async function run(text) {
  const { user } = state;
  if (state.tab !== 'messages' || state.gallery) location.hash = to(user, 'messages');
  feed.toEnd();
  const result = await api.command(user, text);
  if (!result.ok) notices.tell(explain(result.error), 'problem');
  await state.refresh();
  feed.toEnd();
  return result.ok;
}

async function advance(days) {
  const before = new Map(state.members.map(({ id, unread }) => [id, unread]));
  const result = await api.advance(days);
  await state.refresh();
  if (!result.ok) return notices.tell(explain(result.error), 'problem');
  const day = dates.day(new Date(state.workspace.now), state.viewer?.tz, language);
  const names = state.members.filter(({ id, unread }) => unread > (before.get(id) ?? 0)).map(nameOf);
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  notices.tell(names.length ? say('movedNews', { day, names: list }) : say('movedQuiet', { day }));
}

// speak changes the page's words and keeps the choice in the address.
function speak(next) {
  language = next;
  words = wordsFor(next);
  const address = new URL(location.href);
  address.searchParams.set('lang', next);
  history.replaceState(null, '', address);
  render();
}

// back is where the focus goes when what held it is gone: to the command line,
// except where that would bring up a keyboard over half the screen.
function back() {
  if (matchMedia('(pointer: fine)').matches) command.focus();
  else node('main').focus({ preventScroll: true });
}

// typed is what this member typed so far, the latest first.
function typed() {
  return (state.member?.messages ?? []).filter((message) => message.own).map((message) => message.text).reverse();
}

const notices = new Notices({ toasts: node('toasts'), banner: node('banner'), announcer: node('announce'), say });
const shared = { drawing, signature, id, bot, say, failure: explain };
const feed = new Feed(node('scroll'), { ...shared, announce: ({ text }) => notices.announce(say('announce', { name: bot(), text })) });
const home = new Home(shared);
const year = new Year({ say, bot, to: (user) => to(user, 'year') });
const gallery = new Gallery({
  drawing, say, bot, ask: (object, ctx) => ask(node('dialogs'), object, ctx), go: (address) => (location.hash = address),
});
const modals = new Modals(node('dialogs'), { ...shared, submit, close, back });
const tabs = new Tabs(node('mainhead'), say);
const members = new Members(node('members'), say);
const topbar = new Topbar(node('topbar'), { say, advance, speak, help: () => intro.show() });
const command = new CommandLine(node('command'), {
  say,
  run,
  context: () => ({
    command: state.workspace?.command ?? '',
    viewerName: state.viewer ? nameOf(state.viewer) : '',
    users: state.workspace?.users ?? [],
    history: typed(),
    can: !state.viewer?.deleted,
  }),
});
const intro = new Intro(node('intro'), { say, bot, command: () => state.workspace.command, fill: (text) => command.fill(text) });

function render() {
  const { workspace, viewer, tab } = state;
  if (!workspace) return;
  document.documentElement.lang = language;
  document.title = [viewer && nameOf(viewer), say('title', { bot: bot() })].filter(Boolean).join(' · ');
  topbar.render({ workspace, zone: viewer?.tz, language });
  members.render({ users: workspace.users, viewer, tab, language });
  intro.render(language);
  command.render();
  node('main').classList.toggle('looking', Boolean(state.gallery) || tab === 'year');
  document.body.classList.toggle('whole', Boolean(state.gallery));
  tabs.render(state.user ?? first(), state.gallery ? null : tab, bot(), workspace.ahead);
  renderContent();
  modals.render(state.gallery ? [] : (state.member?.modals ?? []));
  state.read();
}

// renderContent leaves nodes that are already in place where they are. What is
// new on the page begins at its top, a conversation at its end.
function renderContent() {
  const shown = contents();
  const content = node('content');
  const same = shown.length === content.childNodes.length && shown.every((one, i) => one === content.childNodes[i]);
  if (same) return;
  fill(content, shown);
  if (state.tab === 'messages' && !state.gallery) feed.toEnd();
  else node('scroll').scrollTop = 0;
}

function contents() {
  const { member, tab, gallery: shown, workspace, viewer } = state;
  const note = (text) => [h('p', { class: 'empty' }, text)];
  if (shown) return [gallery.render(shown, state.view, language)];
  if (tab === 'year') return state.year ? [year.render(state.year, { viewer, people: state.people, language })] : note(say('loading'));
  if (!member) return note(say('loading'));
  if (tab === 'messages') {
    const drawn = feed.render(member, new Date(workspace.now));
    return member.messages.length ? drawn : note(say('noMessages', { command: workspace.command }));
  }
  if (member.home) return [home.render(member.home, langOf(viewer?.locale))];
  return note(state.homeAsked ? say('noHome', { bot: bot(), name: nameOf(viewer) }) : say('loading'));
}

// first is who is looked through when nobody is asked for: the first member with
// whom the app speaks the page's language.
function first() {
  const own = state.members.find(({ locale }) => langOf(locale) === language);
  return (own ?? state.members[0])?.id;
}

// follow goes where the address says; what it leaves open is filled in.
function follow() {
  const route = parse(location.hash);
  if (route.gallery && state.workspace.gallery) return state.showGallery(route.view);
  const user = state.people.has(route.user) ? route.user : first();
  if (!user) return;
  const tab = route.tab === 'year' && !state.workspace.ahead ? 'messages' : route.tab ?? 'messages';
  if (location.hash !== to(user, tab)) history.replaceState(null, '', to(user, tab));
  state.look(user, tab);
}

async function start() {
  await state.refreshWorkspace();
  if (!state.workspace) {
    setTimeout(start, 1000);
    return;
  }
  language = chooseLanguage(asked, state.workspace.lang, navigator.languages);
  words = wordsFor(language);
  addEventListener('hashchange', follow);
  document.addEventListener('visibilitychange', () => (document.hidden ? state.pause() : state.resume()));
  setInterval(() => document.hidden || state.refreshWorkspace(), POLL);
  follow();
}

start();
