// Package discretion reads a short note about a person, in English, Japanese or
// both, and says whether it holds something that should not be stored.
//
// It compares the words with lists and nothing more: no model, no network, no
// memory of what it read. It never returns, logs or wraps the text. It will be
// wrong at times, in both directions, so what it says starts a question to the
// writer and is no proof that a note is harmless.
//
// # The lists
//
// The folder rules holds one file for each class and language, a list of
// everyday false friends that are taken out first (allow), families of words
// that the others speak of by name (groups), and what shows, beside a word, that
// no person is meant (beside): "the deck needs surgery". A line is a term or a
// regular expression; a line in square brackets opens a topic, and the word
// "disclosure" behind it marks what [Finding.Disclosure] is for; "#" opens a
// comment.
//
//   - The text is brought to one width (NFKC) and lower case before it is
//     compared, so the lists are lower case too.
//   - English terms match whole words, with their inflections spelt out. A blank
//     is the border of a word, whatever stood there, but for "," and ".", which
//     are words of their own where the writer paused or ended; "$" is the end of a
//     sentence. Apostrophes split a word, but for "n't", which loses its own.
//     What people shorten in a hurry ("w", "wks", "appt") is written out first.
//   - Japanese terms match anywhere, as the script shows no borders: a term that
//     is short, or part of a common word, carries what must follow. Blanks are
//     taken out of the text.
//   - "{name}" stands for the words of a group. "{ear} ~5 {deaf}" asks for both,
//     with at most five words between them, or letters in Japanese, and no end of
//     a sentence; "{card} >5 {digits}" for both in this order.
//   - A combination is worth more than a word: most words have a harmless use.
package discretion
