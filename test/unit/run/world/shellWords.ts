/** Splits as a POSIX shell does, as far as our own quoting goes: words, single quotes, `\'`. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === "'") {
      const end = text.indexOf("'", i + 1);
      if (end < 0) throw new Error(`unclosed quote in ${text}`);
      word = (word ?? '') + text.slice(i + 1, end);
      i = end;
    } else if (char === '\\') {
      word = (word ?? '') + (text[++i] ?? '');
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
