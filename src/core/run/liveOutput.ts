const LIMIT = 4_000;

/** A line that hands a value on; not for people. */
const VALUE_LINE = /^@[a-z][a-z0-9_]*=/;

/** What people may see of an output: no values to keep, no secrets. */
export function shownOutput(text: string, redact: (text: string) => string): string {
  const lines = text.split('\n').filter((line) => !VALUE_LINE.test(line));
  return redact(lines.join('\n'));
}

/**
 * Output of the scripts that run now, whole lines only: a secret that came in two pieces is found all the same. It stands
 * in snapshots and in no journal; there it stands when the script has ended.
 */
export class LiveOutput {
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly redact: (text: string) => string,
    private readonly changed: () => void,
  ) {}

  add(step: string, text: string): void {
    const before = this.texts.get(step) ?? '';
    // Twice what is shown: a cut through a name that was put for a secret would show half of it.
    const all = `${before}${text}`.slice(-2 * LIMIT);
    this.texts.set(step, all);
    this.changed();
  }

  of(step: string): string {
    const text = this.texts.get(step);
    if (text === undefined) return '';
    const shown = shownOutput(text, this.redact);
    return shown.length <= LIMIT ? shown : `… ${shown.slice(-LIMIT)}`;
  }

  /** The script has ended, or nobody listens to it any more. What was seen of it comes back. */
  end(step: string): string {
    const text = this.of(step);
    this.texts.delete(step);
    return text;
  }
}
