import { readFile, readdir } from 'node:fs/promises';

/** The machine's own Debian mirror, out of its apt sources (deb822 and one-line style), security archives aside. */
export async function debianMirror(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => [] as string[]);
  const texts = await Promise.all(
    ['/etc/apt/sources.list', ...names.map((name) => `${folder}/${name}`)].map((file) =>
      readFile(file, 'utf8').catch(() => ''),
    ),
  );
  return mirrorIn(texts.join('\n')) ?? 'http://deb.debian.org/debian';
}

/** The first address in apt sources that ends as a Debian archive does. */
export function mirrorIn(sources: string): string | undefined {
  const lines = sources.split('\n').filter((line) => /^\s*(URIs:|deb\s)/.test(line));
  const words = lines.flatMap((line) => line.split(/\s+/));
  return words.find((word) => /^https?:\/\/\S+\/debian\/?$/.test(word));
}
