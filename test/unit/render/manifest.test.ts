import assert from 'node:assert/strict';
import { treeManifest } from '../../../src/core/deploy/manifest';
import { secretNames } from '../../../src/core/plan/placeholders';
import { schemeOf } from '../../../src/core/schemes/registry';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { SITES, siteOf } from '../../golden/sites';

interface Manifest {
  readonly format: number;
  readonly site: string;
  readonly files: readonly Readonly<Record<string, string>>[];
}

const site = siteOf(SITES['hardened-rhel-sudo']);
const files = replicationScheme.files(site, { 'manage_snat.sh': '#!/bin/sh\n' });
const manifest = JSON.parse(treeManifest('dc1', files)) as Manifest;

describe('manifest of a generated tree', () => {
  it('tells of each file what the tree can not keep', () => {
    assert.equal(manifest.format, 1);
    assert.equal(manifest.site, 'dc1');
    assert.equal(manifest.files.length, files.length);
    for (const { host, path, mode, owner, group, shared } of files) {
      const listed = manifest.files.find((one) => one['host'] === host && one['path'] === path);
      assert.deepEqual(listed, {
        host,
        path,
        mode,
        owner,
        group,
        ...(shared === undefined ? {} : { shared }),
      });
    }
  });

  it('keeps who may run and who may read', () => {
    const modeOf = (end: string) =>
      manifest.files.find(({ host, path = '' }) => host === 'cc1' && path.endsWith(end))?.['mode'];
    assert.equal(modeOf('/manage_snat.sh'), '0755');
    // It holds the VRRP password once its reference is replaced.
    assert.equal(modeOf('/keepalived.conf'), '0600');
  });

  it('has the same bytes whatever the order of its files, and no content', () => {
    const text = treeManifest('dc1', files);
    assert.equal(treeManifest('dc1', [...files].reverse()), text);
    assert.ok(text.endsWith('}\n'));
    assert.deepEqual(secretNames(text), []);
  });
});

describe('documents of a site', () => {
  it('stand beside the hosts under plain names that no host of it has', () => {
    for (const more of Object.values(SITES)) {
      const one = siteOf(more);
      const names = (schemeOf(one).documents?.(one) ?? []).map(({ name }) => name);
      const guarded = one.profile === 'hardened' ? ['ssh-keys.txt'] : [];
      assert.deepEqual(names, ['replication.sql', ...guarded]);
      for (const name of names) assert.ok(!one.hosts.some((host) => host.name === name));
    }
  });

  it('name every secret by its reference', () => {
    const [document] = replicationScheme.documents?.(site) ?? [];
    assert.deepEqual(secretNames(document?.content ?? ''), ['dc1-repl', 'dc1-clone']);
    assert.doesNotMatch(document?.content ?? '', /(BY|PASSWORD *=) *['"]/);
  });
});
