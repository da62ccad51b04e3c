const SECRET = /\{\{secret:([A-Za-z0-9_.-]+)\}\}/g;

/** Names in `{{secret:NAME}}`, each once. */
export function secretNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(SECRET)].map((match) => match[1] ?? ''))];
}

/** Puts values in place of `{{secret:NAME}}`. */
export function fillSecrets(text: string, valueOf: (name: string) => string): string {
  return text.replaceAll(SECRET, (_, name: string) => valueOf(name));
}
