/** `password=x`, `passwd: 'x'`, `IDENTIFIED BY 'x'`, keepalived's `auth_pass x`. */
const PASSWORD =
  /\b((?:password|passwd|secret)["']?\s*[=:]\s*|identified\s+by\s+|auth_pass\s+)(?:"[^"]*"|'[^']*'|[^\s,;}]+)/gi;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/**
 * Takes secrets out of text for logs and diagnostics: every value that was ever handed out, and what stands where
 * passwords usually do. A value under four characters is only replaced where it stands alone.
 */
export class Redactor {
  private readonly values = new Set<string>();

  /** From now on this value is shown as `***`. */
  learn(value: string): void {
    if (value !== '') {
      this.values.add(value);
    }
  }

  redact(text: string): string {
    let result = text;
    const longestFirst = [...this.values].sort((a, b) => b.length - a.length);
    for (const value of longestFirst) {
      result = value.length < 4 ? replaceWord(result, value) : result.replaceAll(value, '***');
    }
    return result.replace(PASSWORD, '$1***').replace(PRIVATE_KEY, '***');
  }
}

function replaceWord(text: string, word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, 'g'), '***');
}
