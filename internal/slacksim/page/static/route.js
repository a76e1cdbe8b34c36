// Where the page stands, kept in the address so that a reload and a link work:
// #U…/messages, #U…/home, #U…/year, #gallery, #gallery/card.

const MEMBER = /^#([A-Z0-9]+)(?:\/(messages|home|year))?$/;
const GALLERY = /^#gallery(?:\/([a-z0-9_]+))?$/;

// parse reads a hash; what it does not say is null.
export function parse(hash) {
  const [gallery, view = null] = GALLERY.exec(hash) ?? [];
  if (gallery) return { gallery: true, view, user: null, tab: null };
  const [, user = null, tab = null] = MEMBER.exec(hash) ?? [];
  return { gallery: false, view: null, user, tab };
}

export const to = (user, tab) => `#${user}/${tab}`;
export const toGallery = (view) => `#gallery/${view}`;
