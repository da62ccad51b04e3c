import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REFEREE = resolve(__dirname, '../../lab/referee');
const LAB = ['site', 'program'].map((file) => resolve(__dirname, '../../lab', file));

describe('referee: independence', () => {
  it("imports its own files, node, mysql2, the lab's addresses and what starts its process; nothing of the product", () => {
    const files = readdirSync(REFEREE, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    assert.ok(files.length > 20);
    for (const file of files) {
      const path = join(REFEREE, file);
      for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
        const target = from.startsWith('.') ? resolve(path, '..', from) : from;
        const own = target.startsWith(`${REFEREE}/`) || LAB.includes(target);
        assert.ok(own || from.startsWith('node:') || from === 'mysql2', `${file} imports ${from}`);
      }
    }
  });
});
