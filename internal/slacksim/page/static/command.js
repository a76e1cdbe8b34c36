// The command line: slash commands typed as the member looked through, with
// names completed after @ and earlier commands on arrow-up.

import { fill, h } from './dom.js';
import { Listbox } from './listbox.js';
import { option } from './members_select.js';
import { isMember, matches } from './people.js';

// What stands before the caret: an @ at the start of a word and the name begun
// after it. The wide @ is what a Japanese keyboard gives.
const BEGUN = /(^|[\s　])[@＠]([^\s　@＠]*)$/u;
const SUGGESTED = 8;
const NARROW = matchMedia('(max-width: 45rem)');

export class CommandLine {
  #form;
  #deps;
  #input;
  #list;
  #send;
  #hint = h('p', { class: 'command-hint', id: 'command-hint', role: 'alert', hidden: true });
  #past = -1; // steps back in history; -1 is the line being typed
  #draft = '';

  // deps: say, context() = {command, viewerName, users, history, can}, and
  // run(text), which resolves to whether the command went through.
  constructor(form, deps) {
    this.#form = form;
    this.#deps = deps;
    this.#input = h('input', {
      type: 'text', id: 'command-input', class: 'field', enterkeyhint: 'send', spellcheck: 'false', autocapitalize: 'off',
      'aria-describedby': 'command-hint', data: { test: 'command' },
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event), blur: () => this.#list.hide() },
    });
    this.#list = new Listbox(this.#input, 'command-list', '', (picked) => this.#complete(picked.value));
    this.#send = h('button', { type: 'submit', class: 'button primary' });
    fill(form, this.#list.node, this.#hint, h('div', { class: 'command-line' }, this.#input, this.#send));
    form.addEventListener('submit', (event) => this.#submit(event));
    NARROW.addEventListener('change', () => this.render());
  }

  render() {
    const say = this.#deps.say;
    const { command, viewerName, can } = this.#deps.context();
    this.#input.placeholder = say(NARROW.matches ? 'commandHintShort' : 'commandHint', { command });
    this.#input.setAttribute('aria-label', say('commandLabel', { name: viewerName }));
    this.#list.node.setAttribute('aria-label', say('suggestions'));
    this.#send.textContent = say('send');
    this.#input.disabled = this.#send.disabled = !can;
    if (!can) this.#tell(say('notNow', { name: viewerName }));
    else if (this.#hint.dataset.kind === 'cannot') this.#tell('');
    this.#hint.dataset.kind = can ? '' : 'cannot';
  }

  // fill puts a text on the line and the caret after it.
  fill(text) {
    this.#input.value = text;
    this.#tell('');
    this.#input.focus();
    this.#input.setSelectionRange(text.length, text.length);
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  #typed() {
    this.#past = -1;
    this.#tell('');
    this.#suggest();
  }

  #suggest() {
    const { command, users } = this.#deps.context();
    const typed = this.#input.value.slice(0, this.#input.selectionStart);
    const begun = BEGUN.exec(typed);
    if (begun) return this.#list.show(users.filter((one) => isMember(one) && !one.deleted && matches(one, begun[2]))
      .slice(0, SUGGESTED).map((one) => ({ value: `@${one.name} `, content: option(one) })));
    const word = tidy(typed);
    const opening = word.startsWith('/') && word !== command && command.startsWith(word);
    return this.#list.show(opening ? [{ value: `${command} `, content: [command] }] : []);
  }

  #complete(text) {
    const { value, selectionStart: caret } = this.#input;
    const begun = BEGUN.exec(value.slice(0, caret));
    const start = begun ? begun.index + begun[1].length : 0;
    this.#input.value = value.slice(0, start) + text + value.slice(caret).replace(/^ /, '');
    this.#input.setSelectionRange(start + text.length, start + text.length);
    this.#list.hide();
  }

  #key(event) {
    // While a Japanese word is being composed, Enter and arrows belong to the
    // input method. Safari reports its last Enter with the code 229 only.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#list.key(event)) return;
    if (event.key === 'ArrowUp') this.#recall(event, 1);
    else if (event.key === 'ArrowDown') this.#recall(event, -1);
  }

  #recall(event, step) {
    const { history } = this.#deps.context();
    const past = this.#past + step;
    if (past < -1 || past >= history.length) return;
    event.preventDefault();
    if (this.#past === -1) this.#draft = this.#input.value;
    this.#past = past;
    this.#input.value = past === -1 ? this.#draft : history[past];
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  async #submit(event) {
    event.preventDefault();
    const { command } = this.#deps.context();
    const text = tidy(this.#input.value);
    if (!text || this.#form.getAttribute('aria-busy') === 'true') return;
    if (text.split(' ')[0] !== command) return this.#tell(this.#deps.say('commandOnly', { command }));
    const typed = this.#input.value;
    this.#list.hide();
    this.#past = -1;
    this.#input.value = '';
    this.#form.setAttribute('aria-busy', 'true');
    const went = await this.#deps.run(text);
    this.#form.removeAttribute('aria-busy');
    // What could not be sent comes back, unless something new stands there.
    if (!went && !this.#input.value) this.#input.value = typed;
  }

  #tell(text) {
    this.#hint.textContent = text;
    this.#hint.hidden = text === '';
  }
}

// tidy takes the wide slash and the wide space after the command for their
// narrow kin, as a person typing Japanese means them.
function tidy(text) {
  return text.trim().replace(/^／/u, '/').replace(/^(\/\S+)[　\s]+/u, '$1 ');
}
