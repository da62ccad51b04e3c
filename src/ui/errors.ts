/** The parts of an error that an operator is shown. */
export interface ShownError {
  readonly what: string;
  readonly where: string;
  readonly state: string;
  readonly next: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** By shape, not by class: bundles are loaded apart from each other. */
export function shownError(error: unknown): ShownError {
  if (!(error instanceof Error)) {
    return { what: String(error), where: '', state: '', next: '' };
  }
  const parts = error as Error & Record<'host' | 'command' | 'state' | 'next', unknown>;
  const where = [text(parts.host), text(parts.command)].filter((part) => part !== '').join(': ');
  return { what: error.message, where, state: text(parts.state), next: text(parts.next) };
}

/** One sentence for a message: what failed, where, what to do. */
export function errorSentence(error: unknown): string {
  const { what, where, next } = shownError(error);
  return [where === '' ? what : `${where}: ${what}`, next].filter((part) => part !== '').join(' ');
}
