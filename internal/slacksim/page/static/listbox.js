// A list of suggestions under a text field, after the ARIA combobox pattern:
// the focus stays in the field, arrows move the active option, Enter takes it.

import { fill, h } from './dom.js';

export class Listbox {
  #input;
  #node;
  #pick;
  #options = [];
  #active = -1;

  // id must be unique in the page. pick is called with the option taken.
  constructor(input, id, label, pick) {
    this.#input = input;
    this.#pick = pick;
    // A press must not take the focus from the field, or the list would close
    // before the click arrives.
    const on = { pointerdown: (event) => event.preventDefault() };
    this.#node = h('ul', { class: 'listbox', id, role: 'listbox', 'aria-label': label, hidden: true, on });
    for (const [name, value] of Object.entries({
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-controls': id,
      'aria-expanded': 'false',
    })) input.setAttribute(name, value);
  }

  get node() {
    return this.#node;
  }

  get open() {
    return !this.#node.hidden;
  }

  get active() {
    return this.#options[this.#active] ?? null;
  }

  // show lists options {value, group, content}, under a heading where a group
  // begins; with none it says so, if
  // empty gives the words, or closes. first makes the first option active.
  show(options, { empty = null, first = true } = {}) {
    if (!options.length && !empty) return this.hide();
    this.#options = options;
    fill(this.#node, options.flatMap((option, i) => [
      option.group && option.group !== options[i - 1]?.group && h('li', { class: 'listbox-group', role: 'presentation' }, option.group),
      this.#draw(option, i),
    ]), options.length ? null : h('li', { class: 'listbox-empty' }, empty));
    this.#node.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#activate(first && options.length ? 0 : -1);
  }

  hide() {
    this.#node.hidden = true;
    this.#options = [];
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }

  // key handles a key press of the field and tells whether it was its own.
  key(event) {
    if (event.isComposing || !this.open) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1);
        break;
      case 'ArrowUp':
        this.#move(-1);
        break;
      case 'Enter':
      case 'Tab':
        if (!this.active) return false;
        this.#pick(this.active);
        break;
      case 'Escape':
        this.hide();
        break;
      default:
        return false;
    }
    // Escape must close the list alone, not the dialog around it.
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #draw(option, i) {
    return h('li', {
      id: `${this.#node.id}-${i}`,
      role: 'option',
      class: 'option',
      'aria-selected': 'false',
      'aria-description': option.group || null,
      data: { value: option.value },
      on: { click: () => this.#pick(option) },
    }, option.content);
  }

  #move(step) {
    const count = this.#options.length;
    if (count) this.#activate((this.#active + step + count) % count);
  }

  #activate(i) {
    this.#active = i;
    const items = [...this.#node.querySelectorAll('[role=option]')];
    items.forEach((item, at) => {
      item.classList.toggle('active', at === i);
      item.setAttribute('aria-selected', String(at === i));
    });
    if (i < 0) return this.#input.removeAttribute('aria-activedescendant');
    this.#input.setAttribute('aria-activedescendant', items[i].id);
    items[i].scrollIntoView({ block: 'nearest' });
  }
}
