/** One rule's cases: a text in which it fires, and one that differs in what matters only, in which it must not. */
export interface ConfigCase {
  readonly file: string;
  /** keepalived.conf of the same folder. */
  readonly keepalived?: string;
  readonly fires: string;
  /** What the finding's place covers. */
  readonly at: string;
  readonly silent: string;
  /** Other codes that are rightly said of the firing text. */
  readonly also?: readonly string[];
  /** Undefined: the rule knows no answer here. Else a part of the text after the fix. */
  readonly fixed?: string;
}

export type Cases = Readonly<Record<string, ConfigCase>>;

/** Replaces what is there: a case that changes nothing would prove nothing. */
export function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${JSON.stringify(from)} in the text`);
  return text.replace(from, () => to);
}
