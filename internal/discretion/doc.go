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
// The folder rules holds one file for each class and language, and a list of
// everyday false friends that are taken out first (allow). A line is a term or
// a regular expression; a line in square brackets opens a topic, and the word
// "disclosure" behind it marks what [Finding.Disclosure] is for; "#" opens a
// comment.
//
//   - The text is brought to one width (NFKC) and lower case before it is
//     compared, so the lists are lower case too.
//   - English terms match whole words, with their inflections spelt out. A blank
//     is the border of a word, whatever stood there; apostrophes split a word,
//     but for "n't", which loses its own.
//   - Japanese terms match anywhere, as the script shows no borders: a term that
//     is short, or part of a common word, carries what must follow. Blanks are
//     taken out of the text.
//   - A line best begins with letters, or with a group of them: most notes are
//     then done with it after one quick look for these letters.
package discretion
