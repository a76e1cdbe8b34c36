// The page's own words, in English and Japanese. What the bot says comes from
// the bot, in the language of whom it speaks to; this is only the frame.

const WORDS = {
  en: {
    title: '{bot} demo',
    help: 'About this demo',
    otherLanguage: '日本語',
    otherLanguageLabel: '日本語で表示する',
    clock: 'Workspace clock',
    nextDay: 'Next day',
    nextWeek: 'Next week',
    movingDay: 'Moving to the next day…',
    movingWeek: 'Moving through a week…',
    movedQuiet: 'It is now {day}.',
    movedNews: 'It is now {day}. Something new for {names}.',
    members: 'Members',
    membersLead: 'Look through the eyes of',
    switcher: 'Viewing as {name}. Change member',
    unread: '{n} unread',
    left: 'deactivated',
    tabs: 'Views',
    messages: 'Messages',
    home: 'Home',
    gallery: 'Gallery',
    app: 'App',
    loading: 'Loading…',
    noMessages: 'Nothing here yet. Type {command} below, or press “Next day”.',
    noHome: '{bot} has not published a Home for {name} yet.',
    noGallery: 'The gallery is empty.',
    onlyYou: 'Only visible to you',
    edited: '(edited)',
    today: 'Today',
    yesterday: 'Yesterday',
    newBelow: 'New message below',
    announce: 'New message from {name}: {text}',
    commandLabel: 'Command, typed as {name}',
    commandHint: 'Type {command} … · {command} help lists the commands',
    commandHintShort: 'Type {command} …',
    commandOnly: 'Commands begin with {command}. The Messages tab is read-only.',
    send: 'Send',
    suggestions: 'Suggestions',
    introTitle: 'A workspace to try things in',
    introText: '{bot} nudges leaders towards short, casual talks with the people they lead. Everything here runs on this computer: the real bot, an invented team, and a calendar you can turn.',
    introAnswer: 'Answer a message: “We talked”, then how it went',
    introDay: 'Press “Next week” and see who hears from {bot}',
    introCommand: 'Ask for a conversation idea yourself',
    dismiss: 'Got it',
    down: 'The demo is not answering. Trying again…',
    close: 'Close',
    cancel: 'Cancel',
    confirmYes: 'Yes',
    confirmNo: 'Cancel',
    dismissNotice: 'Dismiss',
    optional: '(optional)',
    choose: 'Choose…',
    more: 'More options',
    search: 'Type a name…',
    noMatch: 'No match',
    chosen: 'Chosen',
    remove: 'Remove {name}',
    required: 'Please fill this in.',
    requiredChoice: 'Please choose.',
    tooShort: 'At least {n} characters, please.',
    tooLong: 'At most {n} characters: {over} too many.',
    notDrawn: 'This page does not draw “{type}”.',
    picture: 'Picture: {alt}',
    failed: 'That did not work ({error}). Please try again.',
    operation_timeout: '{bot} did not answer in time. Please try again.',
    dispatch_failed: '{bot} is not connected. Please try again in a moment.',
    trouble_connecting: '{bot} could not take that. Please try again.',
    invalid_command_response: '{bot} answered, but the answer cannot be shown here.',
    not_reached: 'The demo could not be reached. Please check that it is still running.',
    notNow: 'This account is deactivated. Choose another member to try things.',
  },
  ja: {
    title: '{bot} デモ',
    help: 'このデモについて',
    otherLanguage: 'English',
    otherLanguageLabel: 'Show in English',
    clock: 'ワークスペースの日時',
    nextDay: '次の日へ',
    nextWeek: '次の週へ',
    movingDay: '次の日に進めています…',
    movingWeek: '1週間進めています…',
    movedQuiet: '{day}になりました。',
    movedNews: '{day}になりました。新着メッセージ：{names}',
    members: 'メンバー',
    membersLead: '誰の画面で見るか',
    switcher: '{name}さんの画面です。メンバーを切り替える',
    unread: '未読{n}件',
    left: '利用停止中',
    tabs: '表示',
    messages: 'メッセージ',
    home: 'ホーム',
    gallery: 'ギャラリー',
    app: 'アプリ',
    loading: '読み込んでいます…',
    noMessages: 'まだ何もありません。下に{command}と入力するか、「次の日へ」を押してみてください。',
    noHome: '{name}さんのホームはまだありません。',
    noGallery: 'ギャラリーは空です。',
    onlyYou: 'あなただけに表示されています',
    edited: '（編集済み）',
    today: '今日',
    yesterday: '昨日',
    newBelow: '新しいメッセージがあります',
    announce: '{name}からの新しいメッセージ：{text}',
    commandLabel: 'コマンド（{name}さんとして入力）',
    commandHint: '{command} … と入力します。{command} help で一覧が出ます',
    commandHintShort: '{command} … と入力',
    commandOnly: 'コマンドは{command}で始めてください。メッセージタブには書き込めません。',
    send: '送信',
    suggestions: '候補',
    introTitle: 'お試し用のワークスペース',
    introText: '{bot}は、リーダーがメンバーと気軽に話すきっかけを、そっと届けます。ここでは、本物のボットと架空のチームが、このコンピューターの中だけで動いています。日付は自由に進められます。',
    introAnswer: '届いたメッセージに、「話せました」と答えてみる',
    introDay: '「次の週へ」を押して、誰に何が届くかを見る',
    introCommand: '自分から、会話のきっかけをもらう',
    dismiss: '閉じる',
    down: 'デモから応答がありません。つなぎ直しています…',
    close: '閉じる',
    cancel: 'キャンセル',
    confirmYes: 'はい',
    confirmNo: 'キャンセル',
    dismissNotice: '通知を閉じる',
    optional: '（任意）',
    choose: '選択…',
    more: 'その他の操作',
    search: '名前を入力…',
    noMatch: '見つかりません',
    chosen: '選択済み',
    remove: '{name}を外す',
    required: '入力してください。',
    requiredChoice: '選んでください。',
    tooShort: '{n}文字以上で入力してください。',
    tooLong: '{n}文字までです（{over}文字超えています）。',
    notDrawn: '「{type}」はこのページでは表示できません。',
    picture: '画像：{alt}',
    failed: 'うまくいきませんでした（{error}）。もう一度お試しください。',
    operation_timeout: '{bot}の応答が間に合いませんでした。もう一度お試しください。',
    dispatch_failed: '{bot}につながっていません。少し待ってからお試しください。',
    trouble_connecting: '{bot}が受け取れませんでした。もう一度お試しください。',
    invalid_command_response: '{bot}の返事を表示できません。',
    not_reached: 'デモにつながりません。動いているか確認してください。',
    notNow: '利用停止中のアカウントなので、操作できません。ほかのメンバーを選んでください。',
  },
};

// known tells whether the page speaks a language.
export function known(language) {
  return Object.hasOwn(WORDS, language ?? '');
}

// wordsFor gives the function that says a word in a language, its {places}
// filled from args.
export function wordsFor(language) {
  const words = WORDS[known(language) ? language : 'en'];
  return (key, args = {}) => {
    if (!Object.hasOwn(words, key)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (all, name) => args[name] ?? all);
  };
}

const FAILURES = ['operation_timeout', 'dispatch_failed', 'trouble_connecting', 'invalid_command_response', 'not_reached'];

// failure says why a call was refused: in words where there are some, else
// with the code that the server gave.
export function failure(say, error, args) {
  return FAILURES.includes(error) ? say(error, args) : say('failed', { error: error || '?' });
}

// chooseLanguage takes what the address asks for, else what the server was
// started with, else the browser's own.
export function chooseLanguage(asked, fromServer, browser) {
  if (known(asked)) return asked;
  if (known(fromServer)) return fromServer;
  return (browser ?? '').toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
