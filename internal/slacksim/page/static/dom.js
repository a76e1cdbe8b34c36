// Building DOM nodes. Data becomes text nodes and attributes, never markup:
// nothing on this page parses a string as HTML.

const PROPERTIES = new Set(['value', 'checked', 'selected', 'disabled', 'hidden']);
const FORBIDDEN = /^(on.+|style|srcdoc)$/i;

// h builds an element. Of props, `data` fills data-* attributes, `on` adds
// listeners, null and false leave an attribute away, true sets it empty.
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...flat(children));
  return node;
}

// fill replaces what is inside a node.
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

// unseen is text for screen readers alone.
export function unseen(text) {
  return h('span', { class: 'unseen' }, text);
}

// redraw rebuilds the inside of root and puts the focus, the caret and the
// scroll back where they were, so that an update never interrupts a person.
export function redraw(root, rebuild) {
  const held = root.contains(document.activeElement) ? describe(root, document.activeElement) : null;
  const top = root.scrollTop;
  rebuild();
  if (root.scrollTop !== top) root.scrollTop = top;
  if (held) restore(root, held);
}

function set(node, name, value) {
  if (name === 'data') Object.assign(node.dataset, clean(value));
  else if (name === 'on') for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
  else if (PROPERTIES.has(name)) node[name] = value ?? (name === 'value' ? '' : false);
  else if (value === null || value === undefined || value === false) return;
  else if (FORBIDDEN.test(name)) throw new Error(`attribute ${name} is not allowed`);
  else node.setAttribute(name, value === true ? '' : value);
}

function clean(data) {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && value !== null));
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]';

// describe names the focused node by the Block Kit control it belongs to and
// its place in it, since the node itself will be gone after a rebuild.
function describe(root, node) {
  const control = node.closest('[data-action]');
  const within = control && root.contains(control) ? control : root;
  const held = {
    selector: within === root ? null : controlSelector(control),
    place: [within, ...within.querySelectorAll(FOCUSABLE)].indexOf(node),
  };
  if (typeof node.selectionStart === 'number') {
    Object.assign(held, { start: node.selectionStart, end: node.selectionEnd });
  }
  return held;
}

// A control that is gone, say a button the answer replaced, leaves the focus
// to the nearest thing around it rather than to the top of the page.
function restore(root, held) {
  const within = held.selector ? root.querySelector(held.selector) : root;
  const node = within && [within, ...within.querySelectorAll(FOCUSABLE)][held.place];
  if (!node) {
    root.closest('[tabindex]')?.focus({ preventScroll: true });
    return;
  }
  node.focus({ preventScroll: true });
  if (typeof held.start === 'number' && typeof node.selectionStart === 'number') {
    node.setSelectionRange(held.start, held.end);
  }
}

function controlSelector(control) {
  const { block = '', action } = control.dataset;
  return `[data-block="${CSS.escape(block)}"][data-action="${CSS.escape(action)}"]`;
}
