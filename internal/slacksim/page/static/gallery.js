// The gallery: every view the bot can build in every state, both languages side
// by side, the reader's first, drawn as messages, modals and Home are. No bot is behind it: what is
// pressed does nothing, but lists, menus and questions open and can be read.

import { drawBlocks } from './blocks.js';
import { fill, h } from './dom.js';
import { Form } from './form.js';
import { plain } from './mrkdwn.js';
import { botAvatar } from './people.js';
import { toGallery } from './route.js';
import { wordsFor } from './words.js';

const LANGUAGES = { en: 'English', ja: '日本語' };

export class Gallery {
  #deps;
  #node = h('div', { class: 'gallery', data: { test: 'gallery-page' } });
  #drawn = '';

  // deps: drawing, say, bot(), ask(object, ctx), go(address).
  constructor(deps) {
    this.#deps = deps;
  }

  // render shows one view of the gallery, the first unless one is named, and
  // returns the node that holds it.
  render({ views = [], people = [] }, name, language) {
    const view = views.find((one) => one.name === name) ?? views[0];
    const drawn = `${view?.name} ${language} ${views.length}`;
    if (drawn === this.#drawn) return this.#node;
    this.#drawn = drawn;
    if (!view) return fill(this.#node, h('p', { class: 'empty' }, this.#deps.say('noGallery')));
    const cast = new Map(people.map((person) => [person.id, person]));
    const languages = Object.keys(LANGUAGES).sort((a, b) => (b === language) - (a === language));
    return fill(this.#node, this.#list(views, view), this.#states(view, cast, languages));
  }

  // list is a list of links where there is room, and a select where there is not.
  #list(views, current) {
    const { say, go } = this.#deps;
    const select = h('select', {
      class: 'field gallery-select',
      'aria-label': say('galleryViews'),
      data: { test: 'gallery-select' },
      on: { change: () => go(toGallery(select.value)) },
    }, views.map((view) => h('option', { value: view.name }, label(view))));
    select.value = current.name;
    return h('nav', { class: 'gallery-views', 'aria-label': say('galleryViews') },
      select,
      h('ul', null, views.map((view) => h('li', null, h('a', {
        href: toGallery(view.name),
        'aria-current': view === current ? 'page' : null,
        data: { test: `gallery-${view.name}` },
      }, label(view), h('span', { class: 'detail' }, String(view.states.length)))))));
  }

  #states(view, cast, languages) {
    const { say } = this.#deps;
    return h('div', { class: 'gallery-states' },
      h('h2', null, label(view), ' ', h('span', { class: 'detail' }, say(kindOf(view)))),
      view.states.map((state) => h('section', { class: 'gallery-state', data: { test: 'gallery-state', state: state.name } },
        h('h3', { lang: 'en' }, state.name),
        h('div', { class: 'gallery-pair' },
          languages.filter((lang) => state.in[lang]).map((lang) => this.#card(state.in[lang], lang, cast))))));
  }

  #card(doc, lang, cast) {
    const form = new Form();
    form.begin({});
    const ctx = {
      ...this.#deps.drawing(form, null),
      say: wordsFor(lang),
      people: cast,
      viewer: null,
      language: lang,
      locale: lang,
      lang,
      act: async () => false,
    };
    ctx.ask = (object) => this.#deps.ask(object, ctx).then(() => false);
    const draw = doc.type === 'modal' ? modal : doc.type === 'home' ? home : message;
    return h('article', { class: `card card-${doc.type ?? 'message'}`, lang, 'aria-label': LANGUAGES[lang] }, draw(doc, ctx, this.#deps.bot()));
  }
}

const label = (view) => view.name.replaceAll('_', ' ');

function kindOf(view) {
  const { type } = Object.values(view.states[0].in)[0];
  return type === 'modal' ? 'viewModal' : type === 'home' ? 'home' : 'viewMessage';
}

// message is a message as in the conversation, below the line that a lock
// screen shows of it.
function message(doc, ctx, bot) {
  return [
    doc.text && h('p', { class: 'card-notice' }, h('span', { class: 'detail' }, ctx.say('viewNotice')), ' ', doc.text),
    h('div', { class: 'card-said' },
      botAvatar(),
      h('div', { class: 'message-body' },
        h('p', { class: 'byline' }, h('strong', null, bot), h('span', { class: 'badge' }, ctx.say('app'))),
        h('div', { class: 'message-content' },
          doc.blocks?.length ? drawBlocks(doc.blocks, ctx) : h('div', { class: 'text' }, doc.text)))),
  ];
}

function modal(doc, ctx) {
  return [
    h('div', { class: 'head' }, h('p', { class: 'card-title' }, plain(doc.title))),
    h('div', { class: 'card-body' }, drawBlocks(doc.blocks, ctx)),
    h('div', { class: 'foot' },
      h('button', { type: 'button', class: 'button' }, plain(doc.close) || ctx.say(doc.submit ? 'cancel' : 'close')),
      doc.submit && h('button', { type: 'button', class: 'button primary' }, plain(doc.submit))),
  ];
}

function home(doc, ctx) {
  return h('div', { class: 'card-body' }, drawBlocks(doc.blocks, ctx));
}
