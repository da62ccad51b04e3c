import { OperatorError } from '../errors';
import type { SecretStore } from '../ports';
import { sqlQuote } from '../quote';

/** The values that one run needs, read once before anything is changed. They live in memory only. */
export class SecretValues {
  private constructor(private readonly values: ReadonlyMap<string, string>) {}

  static none(): SecretValues {
    return new SecretValues(new Map());
  }

  /** @throws OperatorError `secret-missing` naming all that are missing. */
  static async read(store: SecretStore, names: readonly string[]): Promise<SecretValues> {
    const entries = await Promise.all(names.map(async (name) => [name, await store.get(name)] as const));
    const missing = entries.filter(([, value]) => !value).map(([name]) => name);
    if (missing.length > 0) {
      throw new OperatorError({
        code: 'secret-missing',
        what: `No value is known for the secret ${missing.join(', ')}.`,
        state: 'Nothing was changed.',
        next: `Set ${missing.join(', ')} and start again.`,
      });
    }
    return new SecretValues(new Map(entries.map(([name, value]) => [name, value ?? ''])));
  }

  /** @throws RangeError for a name the plan does not list. */
  get(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw new RangeError(`the secret ${name} is not listed by the plan`);
    return value;
  }

  /** What hosts print may repeat what they were sent (a syntax error near a password): its name is shown instead. */
  redact(text: string): string {
    let result = text;
    for (const [name, value] of this.values) {
      for (const form of [sqlQuote(value).slice(1, -1), value])
        result = result.replaceAll(form, `{{secret:${name}}}`);
    }
    return result;
  }

  /** True where `redact` would change the text. */
  isIn(text: string): boolean {
    return this.redact(text) !== text;
  }
}
