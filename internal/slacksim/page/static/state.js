// What the page knows: the workspace, the member looked through, and what that
// member sees. The server has the truth; this asks for it again whenever it
// says that something changed.

import * as api from './api.js';
import { isMember } from './people.js';

export class State {
  workspace = null;
  member = null; // the answer for user, null until it came
  user = null;
  tab = 'messages';
  people = new Map();
  version = 0; // goes up when a name, a zone or a locale changed
  homeAsked = false; // whether the bot had its chance to publish a Home
  gallery = null; // the gallery's data while it is looked at
  view = null; // which of its views
  year = null; // the year ahead of user, null until it came

  #deps;
  #stop = () => {};
  #users = '';

  // deps: changed() after anything changed, up() and down() with the server.
  constructor(deps) {
    this.#deps = deps;
    this.refreshWorkspace = coalesce(() => this.#attempt(() => this.#readWorkspace()));
    this.refreshMember = coalesce(() => this.#attempt(() => this.#readMember()));
    this.refreshYear = coalesce(() => this.#attempt(() => this.#readYear()));
  }

  get viewer() {
    return this.people.get(this.user) ?? null;
  }

  get members() {
    return (this.workspace?.users ?? []).filter(isMember);
  }

  refresh() {
    return Promise.all([this.refreshWorkspace(), this.refreshMember(), this.refreshYear()]);
  }

  // pause lets go of the stream while nobody looks: a browser allows few
  // connections to one host, and each open tab holds one.
  pause() {
    this.#stop();
    this.#stop = () => {};
  }

  // resume takes it up again; opening it brings everything up to date.
  resume() {
    this.pause();
    if (this.user) this.#follow();
  }

  // look turns to a member and a tab, and tells the app, as a person's client
  // does whenever the conversation or the Home is opened.
  look(user, tab) {
    const other = user !== this.user;
    if (!other && tab === this.tab && !this.gallery) return;
    this.gallery = null;
    this.tab = tab;
    if (other) this.#turn(user);
    this.#deps.changed();
    this.#open(user, tab);
  }

  async showGallery(view) {
    this.view = view;
    this.gallery ??= await api.gallery().catch(() => ({}));
    this.#deps.changed();
  }

  // read marks the conversation as seen, if it is what the person looks at.
  async read() {
    if (document.hidden || this.tab !== 'messages' || this.gallery || !this.viewer?.unread) return;
    const { user } = this;
    this.viewer.unread = 0;
    await api.seen(user);
  }

  #turn(user) {
    this.user = user;
    this.member = null;
    this.homeAsked = false;
    this.year = null;
    this.resume();
  }

  #follow() {
    this.#stop = api.listen(this.user, {
      change: (about) => this.#changed(about),
      clock: () => {
        this.refreshWorkspace();
        this.refreshYear();
      },
      up: () => {
        this.#deps.up();
        this.refresh();
      },
      down: () => this.#deps.down(),
    });
  }

  async #open(user, tab) {
    if (tab === 'year') return this.refresh(); // nothing that the app is told of
    await Promise.all([this.refreshMember(), api.opened(user, tab)]);
    if (user !== this.user) return;
    this.homeAsked ||= tab === 'home';
    await this.refresh();
    this.#deps.changed();
  }

  #changed(about) {
    if (about === null || about === this.user) {
      this.refreshMember();
      this.refreshYear();
    }
    this.refreshWorkspace();
  }

  async #readWorkspace() {
    this.workspace = await api.workspace();
    const users = JSON.stringify(this.workspace.users.map(({ unread, ...rest }) => rest));
    if (users !== this.#users) this.version++;
    this.#users = users;
    this.people = new Map(this.workspace.users.map((user) => [user.id, user]));
    this.#deps.changed();
  }

  async #readMember() {
    const { user } = this;
    if (!user) return;
    const member = await api.member(user);
    if (user !== this.user) return;
    this.member = member;
    this.#deps.changed();
  }

  async #readYear() {
    const { user } = this;
    if (!user || this.tab !== 'year' || this.gallery) return;
    const year = await api.ahead(user);
    if (user !== this.user) return;
    this.year = year;
    this.#deps.changed();
  }

  async #attempt(run) {
    try {
      await run();
    } catch {
      this.#deps.down();
    }
  }
}

// coalesce makes calls that come while one is under way share the next one:
// each caller gets an answer asked for after the call, and never more than two
// are wanted at a time.
function coalesce(run) {
  let running = null;
  let next = null;
  const call = () => {
    if (!running) {
      running = run().finally(() => (running = null));
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return call();
    });
    return next;
  };
  return call;
}
