import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Chunk {
  /** Undefined: commands between functions, which the shell runs as it comes to them. */
  readonly name: string | undefined;
  readonly text: string;
}

/** Functions of a script and what stands between them, in order. Comments and texts in single quotes are left out. */
function chunksOf(script: string): Chunk[] {
  const bare = script.replaceAll(/^\s*#.*$/gm, '').replaceAll(/'[^'\n]*'/g, '');
  const pieces = bare.split(/^(\w+\(\) \{(?:.*\}$|[^]*?^\}$))/m);
  return pieces.map((text) => ({ name: /^(\w+)\(\) \{/.exec(text)?.[1], text }));
}

/** Calls of a function that the shell has not read yet, by the commands at `place` or by what they call. */
function unread(chunks: readonly Chunk[], place: number): string[] {
  const places = new Map(chunks.flatMap(({ name }, at) => (name === undefined ? [] : [[name, at] as const])));
  const seen = new Set<string>();
  const found: string[] = [];
  const follow = (text: string, from: string): void => {
    for (const [word] of text.matchAll(/(?<![\w$/.-])\w+(?![\w=/.-])/g)) {
      const at = places.get(word);
      if (at === undefined || seen.has(word)) continue;
      seen.add(word);
      if (at > place) found.push(`${from} -> ${word}`);
      follow(chunks[at]!.text.replace(/^\w+\(\)/, ''), word);
    }
  };
  follow(chunks[place]!.text, 'calls');
  return found;
}

const folder = mkdtempSync(join(tmpdir(), 'helper-'));

describe('helper: calls, in the order in which a shell reads them', () => {
  let chunks: readonly Chunk[] = [];

  before(() => {
    execFileSync(process.execPath, [join(import.meta.dirname, '../../../media/host/build.mjs'), folder]);
    chunks = chunksOf(readFileSync(join(folder, 'clustercontrol-ha'), 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('each group has all that its calls come to', () => {
    const groups = chunks.flatMap(({ name, text }, at) =>
      name === undefined && text.includes('$call') ? [at] : [],
    );
    assert.equal(groups.length, 5);
    assert.deepEqual(
      groups.flatMap((at) => unread(chunks, at)),
      [],
    );
  });

  it('one that comes too early is found', () => {
    const early = chunksOf('one() { two; }\ncase $call in one) one ;; esac\ntwo() {\n  :\n}\n');
    assert.deepEqual(unread(early, 2), ['one -> two']);
  });
});
