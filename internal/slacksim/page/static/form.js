// What a person has entered in one message or view. It outlives the drawing:
// when the bot updates a view, fields with the same ids keep what was typed.

export class Form {
  #entered = new Map(); // what the person changed and the server has not seen
  #present = new Map(); // what the current drawing shows, in its order
  #server = {};

  // begin starts a drawing. state is what the server knows of the view.
  begin(state) {
    this.#server = state ?? {};
    this.#present = new Map();
  }

  // enter announces a field and returns what it shall show: what was typed,
  // else what the server holds, else what the bot proposed.
  enter(block, action, initial) {
    const key = keyOf(block, action);
    const entered = this.#entered.get(key);
    const held = this.#server[block]?.[action];
    const known = [entered, held].find((one) => one?.type === initial.type);
    // The server leaves out what is empty.
    const value = known ? { ...emptied(initial), ...known } : initial;
    this.#present.set(key, { block, action, value });
    return value;
  }

  // set keeps what the person just entered.
  set(block, action, value) {
    const key = keyOf(block, action);
    this.#entered.set(key, value);
    this.#present.set(key, { block, action, value });
  }

  // settle hands a value over to the server, which has now been told of it.
  settle(block, action) {
    this.#entered.delete(keyOf(block, action));
  }

  // value is what a field holds now.
  value(block, action) {
    return this.#present.get(keyOf(block, action))?.value ?? null;
  }

  // state is every field on show, as a submission carries it.
  state() {
    const state = {};
    for (const { block, action, value } of this.#present.values()) {
      (state[block] ??= {})[action] = value;
    }
    return state;
  }
}

function keyOf(block, action) {
  return JSON.stringify([block, action]);
}

function emptied(initial) {
  return 'values' in initial ? { values: [] } : { value: null };
}

// isEmpty tells a field that was left alone.
function isEmpty(value) {
  if (!value) return true;
  if (Array.isArray(value.values)) return value.values.length === 0;
  return value.value === null || value.value === undefined || value.value === '';
}

// check finds what a person has to mend before a form can be sent, by block,
// as Slack's own client does before anything reaches the app.
export function check(blocks, form, say) {
  const errors = {};
  for (const block of blocks ?? []) {
    if (block.type !== 'input') continue;
    const problem = checkInput(block, form.value(block.block_id, block.element.action_id), say);
    if (problem) errors[block.block_id] = problem;
  }
  return errors;
}

function checkInput(block, value, say) {
  const { element } = block;
  const typed = element.type === 'plain_text_input';
  if (isEmpty(value)) return block.optional ? null : say(typed ? 'required' : 'requiredChoice');
  if (!typed) return null;
  const { length } = value.value;
  if (element.min_length > length) return say('tooShort', { n: element.min_length });
  if (element.max_length < length) return say('tooLong', { n: element.max_length, over: length - element.max_length });
  return null;
}
