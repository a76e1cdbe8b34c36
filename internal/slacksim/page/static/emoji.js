// The shortcodes a casual message is likely to carry. An unknown one stays as
// it was written, as it would in a workspace that lacks it.

const EMOJI = {
  '+1': '👍', thumbsup: '👍', '-1': '👎', wave: '👋', pray: '🙏', clap: '👏', raised_hands: '🙌', muscle: '💪',
  ok_hand: '👌', point_right: '👉', bow: '🙇', handshake: '🤝', eyes: '👀', ear: '👂',
  smile: '😄', slightly_smiling_face: '🙂', blush: '😊', grinning: '😀', wink: '😉', relaxed: '☺️',
  coffee: '☕', tea: '🍵', bento: '🍱', rice_ball: '🍙', ramen: '🍜', curry: '🍛', sushi: '🍣', bread: '🍞', cake: '🍰',
  walking: '🚶', runner: '🏃', herb: '🌿', seedling: '🌱', four_leaf_clover: '🍀', evergreen_tree: '🌲',
  cherry_blossom: '🌸', sunflower: '🌻', maple_leaf: '🍁', fallen_leaf: '🍂', snowflake: '❄️', sunny: '☀️',
  umbrella: '☔', rainbow: '🌈', star: '⭐', sparkles: '✨', bulb: '💡', zap: '⚡',
  calendar: '📆', date: '📅', spiral_calendar_pad: '🗓️', clock3: '🕒', hourglass: '⌛', alarm_clock: '⏰', bell: '🔔', no_bell: '🔕',
  memo: '📝', notebook: '📓', book: '📖', bookmark: '🔖', pushpin: '📌', paperclip: '📎', pencil: '✏️', pencil2: '✏️',
  speech_balloon: '💬', thought_balloon: '💭', email: '✉️', envelope: '✉️', mailbox: '📫', telephone: '☎️',
  white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', warning: '⚠️',
  information_source: 'ℹ️', question: '❓', lock: '🔒', unlock: '🔓', key: '🔑', gear: '⚙️', house: '🏠', office: '🏢',
  arrow_right: '➡️', arrow_left: '⬅️', double_vertical_bar: '⏸️', pause_button: '⏸️', arrow_forward: '▶️', heart: '❤️',
  tada: '🎉', gift: '🎁', busts_in_silhouette: '👥', bust_in_silhouette: '👤', people_holding_hands: '🧑‍🤝‍🧑', jp: '🇯🇵', gb: '🇬🇧',
};

// emoji gives the character for a shortcode, or null.
export function emoji(name) {
  return Object.hasOwn(EMOJI, name) ? EMOJI[name] : null;
}

// withEmoji replaces the known shortcodes in a text.
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (all, name) => emoji(name) ?? all);
}
