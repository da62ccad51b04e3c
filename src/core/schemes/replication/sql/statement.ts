/** Statements as they are sent on standard input (secrets as `{{secret:NAME}}` literals) and as they are shown. */
export interface Statement {
  readonly sent: string;
  readonly shown: string;
}

/** One statement or several, each with its semicolon. Values must be quoted already. */
export function statement(...lines: readonly string[]): Statement {
  const sent = lines.map((line) => `${line};`).join('\n');
  return { sent, shown: sent.replaceAll(/\{\{secret:([A-Za-z0-9_.-]+)\}\}/g, '<secret $1>') };
}

/** The place of a secret in a statement: the engine puts a quoted literal there. */
export function secretLiteral(name: string): string {
  return `{{secret:${name}}}`;
}
