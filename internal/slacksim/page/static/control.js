// What all controls of Block Kit share: how they are named and how a choice
// travels.
//
// A control is drawn from its element, from `at`, its place, and from `ctx`,
// the drawing around it. at: block (id), dispatch (whether a choice is sent at
// once), label and describe (ids of nodes), name (a label with no node),
// optional. ctx: say, people, viewer, zone, locale, form, id(), act(), ask().

// named gives the attributes that tell what a control is, for people and for
// browser tests.
export function named(element, at) {
  return {
    data: { block: at.block, action: element.action_id },
    'aria-labelledby': at.label,
    'aria-label': at.label ? null : at.name || element.placeholder?.text || element.action_id,
    'aria-describedby': at.describe,
  };
}

// entered keeps a value that is not sent by itself.
export function entered(element, at, ctx, value) {
  ctx.form.set(at.block, element.action_id, value);
  ctx.mended?.(at.block);
}

// chosen keeps a value and sends it where a choice is sent at once. undo puts
// the control back when the person thinks better of it.
export async function chosen(element, at, ctx, value, undo) {
  if (!at.dispatch) return entered(element, at, ctx, value);
  if (element.confirm && !(await ctx.ask(element.confirm))) return undo();
  entered(element, at, ctx, value);
  if (await ctx.act(at.block, element.action_id, value)) ctx.form.settle(at.block, element.action_id);
}

// pressed sends a press of something that holds no value, and shows that it
// is under way. A second press meanwhile is not sent.
export async function pressed(node, element, at, ctx, value) {
  if (node.getAttribute('aria-busy') === 'true') return;
  if (element.confirm && !(await ctx.ask(element.confirm))) return;
  node.setAttribute('aria-busy', 'true');
  try {
    await ctx.act(at.block, element.action_id, value);
  } finally {
    node.removeAttribute('aria-busy');
  }
}
