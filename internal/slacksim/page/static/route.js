// Where the page stands, kept in the address so that a reload and a link work:
// #U…/messages, #U…/home, #gallery.

const MEMBER = /^#([A-Z0-9]+)(?:\/(messages|home))?$/;

// parse reads a hash; what it does not say is null.
export function parse(hash) {
  if (hash === '#gallery') return { gallery: true, user: null, tab: null };
  const [, user = null, tab = null] = MEMBER.exec(hash) ?? [];
  return { gallery: false, user, tab };
}

export const to = (user, tab) => `#${user}/${tab}`;
