// Talking to the simulator: JSON under /sim/ and one stream of events.

// NOT_REACHED is the error of a call that got no answer at all.
const NOT_REACHED = 'not_reached';

async function read(path) {
  const answer = await fetch(path, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

// send never throws: a call that failed looks like one that was refused, so
// that a caller has one way to tell the person.
async function send(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const result = await answer.json().catch(() => null);
    return result ?? { ok: answer.ok, error: `http_${answer.status}` };
  } catch {
    return { ok: false, error: NOT_REACHED };
  }
}

export const workspace = () => read('/sim/state');
export const member = (user) => read(`/sim/users/${encodeURIComponent(user)}`);
export const ahead = (user) => read(`/sim/users/${encodeURIComponent(user)}/ahead`);
export const gallery = () => read('/sim/gallery');

export const command = (user, text) => send('/sim/command', { user, text });
export const action = (user, body) => send('/sim/action', { user, ...body });
export const submit = (user, view, state) => send('/sim/submit', { user, view_id: view, state });
export const close = (user, view) => send('/sim/close', { user, view_id: view });
export const opened = (user, tab) => send('/sim/home', { user, tab });
export const seen = (user) => send('/sim/read', { user });
export const advance = (days) => send('/sim/advance', { days });

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

// listen follows the events that concern one member, until the function it
// returns is called. The browser's own reconnecting gives up on some errors,
// so this opens a new stream itself, waiting longer each time.
export function listen(user, { change, clock, up, down }) {
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT;
  let stopped = false;

  const reopen = () => {
    source.close();
    if (stopped) return;
    down();
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const open = () => {
    source = new EventSource(`/sim/events?user=${encodeURIComponent(user)}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
      up();
    };
    source.onerror = reopen;
    source.addEventListener('change', (event) => change(subject(event)));
    source.addEventListener('clock', clock);
  };

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}

function subject(event) {
  try {
    return JSON.parse(event.data).user ?? null;
  } catch {
    return null;
  }
}
