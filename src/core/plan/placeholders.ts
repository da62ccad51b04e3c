const SECRET = /\{\{(secret|secret-text):([A-Za-z0-9_.-]+)\}\}/g;

/** Names in `{{secret:NAME}}` and `{{secret-text:NAME}}`, each once. */
export function secretNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(SECRET)].map((match) => match[2] ?? ''))];
}

/** Puts literals in place of `{{secret:NAME}}`, and the values as they are in place of `{{secret-text:NAME}}`. */
export function fillSecrets(
  text: string,
  literalOf: (name: string) => string,
  textOf: (name: string) => string,
): string {
  return text.replaceAll(SECRET, (_, form: string, name: string) =>
    form === 'secret' ? literalOf(name) : textOf(name),
  );
}
