import type { LsyncdState } from './host';

/** Hosts in `target = "host:/path"` and `host = "…"` of an lsyncd configuration. It is Lua: read by pattern, not run. */
export function lsyncdTargets(config: string): string[] {
  const text = withoutComments(config);
  const hosts = new Set<string>();
  for (const match of text.matchAll(/\btarget\s*=\s*["'](?:[^@"']+@)?([^:"'/]+):/g))
    hosts.add(match[1] ?? '');
  for (const match of text.matchAll(/\bhost\s*=\s*["'](?:[^@"']+@)?([^"']+)["']/g)) hosts.add(match[1] ?? '');
  return [...hosts];
}

/** The user of the first target that names one. Undefined: the transfer logs in as ssh does by itself. */
export function lsyncdLogin(config: string): string | undefined {
  return /\b(?:target|host)\s*=\s*["']([^@"':/]+)@/.exec(withoutComments(config))?.[1];
}

function withoutComments(config: string): string {
  return config.replace(/--\[\[[\s\S]*?\]\]/g, '').replace(/^\s*--.*$/gm, '');
}

/** The status file, its first line being its modification time in seconds: the report's own date names no time zone. */
export function parseLsyncdStatus(text: string): Pick<LsyncdState, 'reportedAtMs' | 'delays'> {
  const modified = /^(\d+)\n/.exec(text)?.[1];
  const delays = [...text.matchAll(/^There (?:are|is) (\d+) delays?/gm)].map((match) => Number(match[1]));
  const reported = text.includes('Lsyncd status report at');
  return {
    reportedAtMs: modified === undefined || !reported ? undefined : Number(modified) * 1000,
    delays: reported ? delays.reduce((sum, count) => sum + count, 0) : undefined,
  };
}
