// Dates and times in somebody's own zone. The browser's zone plays no part:
// what counts is where the member lives.

const LOCALES = { en: 'en-GB', ja: 'ja-JP' };

// localeOf turns a language or a member's locale into one that Intl takes.
// English defaults to day before month, the order most of its readers use.
function localeOf(language) {
  const tag = String(language || 'en').replace('_', '-');
  if (LOCALES[tag]) return LOCALES[tag];
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? LOCALES.en;
  } catch {
    return LOCALES.en;
  }
}

// zoneOf is the zone if the browser knows it, else UTC.
export function zoneOf(zone) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone || 'UTC' });
    return zone || 'UTC';
  } catch {
    return 'UTC';
  }
}

function format(moment, zone, language, options) {
  return new Intl.DateTimeFormat(localeOf(language), { timeZone: zoneOf(zone), ...options }).format(moment);
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY = { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' };

export const time = (moment, zone, language) => format(moment, zone, language, TIME);
export const day = (moment, zone, language) => format(moment, zone, language, DAY);
export const month = (moment, language) => format(moment, 'UTC', language, { year: 'numeric', month: 'long' });
export const weekday = (moment, language, length) => format(moment, 'UTC', language, { weekday: length });
export const zoneName = (moment, zone, language) =>
  new Intl.DateTimeFormat(localeOf(language), { timeZone: zoneOf(zone), timeZoneName: 'shortGeneric' })
    .formatToParts(moment)
    .find((part) => part.type === 'timeZoneName')?.value ?? zoneOf(zone);

// dayKey is the calendar day of a moment, YYYY-MM-DD, in the zone.
export function dayKey(moment, zone) {
  return local(moment, zone).slice(0, 10);
}

// local writes a moment as date and time in the zone, YYYY-MM-DDTHH:MM: the
// form a datetime-local input speaks.
export function local(moment, zone) {
  const parts = {};
  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone: zoneOf(zone),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...TIME,
  });
  for (const { type, value } of formatter.formatToParts(moment)) parts[type] = value;
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

// epoch is the opposite: seconds since 1970 of a date and time in the zone,
// or null if the text is none. Read as UTC first, it is then moved by what
// the zone is off at that moment; twice, for the hours around a clock change.
export function epoch(text, zone) {
  const wanted = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wanted)) return null;
  let moment = wanted;
  for (let pass = 0; pass < 2; pass++) {
    moment += wanted - Date.parse(`${local(new Date(moment), zone)}:00Z`);
  }
  return moment / 1000;
}

// Slack's own date tokens, as in <!date^1732500000^{date_short} {time}|…>.
const TOKENS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  time: TIME,
  time_secs: { ...TIME, second: '2-digit' },
};

// dateTokens fills a template of Slack's date tokens.
export function dateTokens(template, seconds, zone, language) {
  const moment = new Date(seconds * 1000);
  return template.replace(/\{(\w+)\}/g, (all, name) => {
    const options = TOKENS[name.replace('_pretty', '')];
    return options ? format(moment, zone, language, options) : all;
  });
}
