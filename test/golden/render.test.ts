import assert from 'node:assert/strict';
import { replicationScheme } from '../../src/core/schemes/replication/scheme';
import type { RenderedFile } from '../../src/core/schemes/scheme';
import { goldenText } from './goldenText';
import { SITES, siteOf } from './sites';

/** Names only: the assets themselves are kept in media/host. */
const ASSETS = Object.fromEntries(
  [
    'clustercontrol-ha',
    'manage_snat.sh',
    'clustercontrol-ha-guard.service',
    'clustercontrol-ha.tmpfiles',
    'unit-condition.conf',
    'lsyncd-condition.conf',
    'lsyncd.service',
    'keepalived-restart.conf',
  ].map((name) => [name, `(the asset ${name})\n`]),
);

function tree(files: readonly RenderedFile[]): string {
  return files
    .map(({ host, path, mode, owner, group, shared, content }) => {
      const kind = shared === undefined ? group : `${group}, ${shared}`;
      return `===== ${host}:${path} (${mode} ${owner}, ${kind})\n${content}`;
    })
    .join('');
}

describe('rendered files', () => {
  for (const [name, more] of Object.entries(SITES)) {
    it(`of ${name} are as kept`, () => {
      goldenText(`${name}.txt`, tree(replicationScheme.files(siteOf(more), ASSETS)));
    });

    it(`and documents of ${name} are as kept`, () => {
      const documents = replicationScheme.documents?.(siteOf(more)) ?? [];
      assert.ok(documents.length > 0);
      for (const document of documents) goldenText(`${name}-${document.name}`, document.content);
    });
  }
});
