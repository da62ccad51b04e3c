import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { SITES, siteOf } from '../../golden/sites';

/** The product's own on-host files, as the build makes them. */
async function builtAssets(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-assets-'));
  try {
    const script = pathToFileURL(join(__dirname, '../../../media/host/build.mjs')).href;
    const { buildHost } = (await import(script)) as { buildHost(to: string): Promise<void> };
    await buildHost(folder);
    const names = await readdir(folder);
    return Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('rendered assets', () => {
  it('are all that the build makes, each on a controller of the hardened profile', async () => {
    const assets = await builtAssets();
    const files = replicationScheme.files(siteOf(SITES['hardened-debian']), assets);
    const used = new Set(files.filter(({ host }) => host === 'cc1').map(({ content }) => content));
    for (const [name, text] of Object.entries(assets)) assert.ok(used.has(text), `${name} is not rendered`);
  });

  it('are the scripts that keepalived and the guard run, and these may be run', async () => {
    const files = replicationScheme.files(siteOf(SITES['hardened-debian']), await builtAssets());
    for (const path of ['/etc/keepalived/manage_snat.sh', '/usr/local/sbin/clustercontrol-ha']) {
      assert.equal(files.find((file) => file.host === 'cc1' && file.path === path)?.mode, '0755', path);
    }
  });

  it('are left out of the documented profile', async () => {
    const assets = await builtAssets();
    const files = replicationScheme.files(siteOf(SITES['documented-debian']), assets);
    assert.ok(!files.some(({ content }) => Object.values(assets).includes(content)));
  });
});

describe('rendered files', () => {
  it('stand at one place each, below /etc or /usr/local, and hold no secret but its reference', async () => {
    for (const more of Object.values(SITES)) {
      const files = replicationScheme.files(siteOf(more), await builtAssets());
      const places = files.map(({ host, path }) => `${host}:${path}`);
      assert.equal(new Set(places).size, places.length);
      for (const { path, mode, content } of files) {
        assert.match(path, /^\/(etc|usr\/local\/sbin)\/[^\0]+$/);
        assert.match(mode, /^0[0-7]{3}$/);
        if (content.includes('{{secret:')) assert.equal(mode, '0600', path);
      }
    }
  });
});
