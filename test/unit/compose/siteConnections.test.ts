import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Connections, SiteConnections } from '../../../src/compose/siteConnections';
import type { HostSessionsOptions } from '../../../src/adapters/ssh/sessions';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import type { Site } from '../../../src/core/inventory/site';
import { exampleSite } from '../observation';

const site = exampleSite() as Site;
const saved: Site = { ...site, hosts: site.hosts.map((host) => ({ ...host, address: `${host.address}1` })) };

function kept() {
  let sshConfigFile: string | undefined;
  const options = (): HostSessionsOptions => ({ sshConfigFile }) as HostSessionsOptions;
  return {
    connections: new SiteConnections(options, OPEN_ACCESS),
    configure: (file: string) => (sshConfigFile = file),
  };
}

/** A host that no site has tells closed connections from open ones without connecting. */
async function isOpen({ sessions }: Connections): Promise<boolean> {
  await setImmediate();
  const error: unknown = await sessions.get('nobody').catch((reason: unknown) => reason);
  assert.match(String(error), /No host is called nobody|The connections were closed/);
  return String(error).includes('nobody');
}

describe('connections of a site', () => {
  it('stay open between two looks, and are the same ones', async () => {
    const { connections } = kept();
    const first = await connections.use(site, (one) => Promise.resolve(one.sessions));
    const again = connections.hold(site);
    assert.equal(again.sessions, first);
    assert.equal(await isOpen(again), true);
  });

  it('that a run holds outlive a saved inventory, and are closed when the run lets go', async () => {
    const { connections } = kept();
    const run = connections.hold(site);
    const look = connections.hold(saved);
    assert.notEqual(look.sessions, run.sessions);
    look.release();
    assert.deepEqual([await isOpen(run), await isOpen(look)], [true, true]);
    run.release();
    run.release();
    assert.deepEqual([await isOpen(run), await isOpen(look)], [false, true]);
  });

  it('outlive a change of the ssh configuration, too', async () => {
    const { connections, configure } = kept();
    const run = connections.hold(site);
    configure('/other/config');
    const next = connections.hold(site);
    assert.notEqual(next.sessions, run.sessions);
    assert.equal(await isOpen(run), true);
  });

  it('are closed at once where nobody holds them when the definition changes', async () => {
    const { connections } = kept();
    const before = connections.hold(site);
    before.release();
    connections.hold(saved);
    assert.equal(await isOpen(before), false);
  });

  it('a page that resumes by the older definition takes nothing from a look that is under way', async () => {
    const { connections } = kept();
    const look = connections.hold(saved);
    const run = connections.hold(site);
    assert.deepEqual([await isOpen(look), await isOpen(run)], [true, true]);
    const shared = connections.hold(site);
    run.release();
    look.release();
    assert.deepEqual([await isOpen(look), await isOpen(shared)], [false, true]);
  });

  it('are let go of by a look that fails', async () => {
    const { connections } = kept();
    let used: Connections | undefined;
    await assert.rejects(
      connections.use(site, (one) => {
        used = one;
        return Promise.reject(new Error('away'));
      }),
      /away/,
    );
    connections.hold(saved);
    assert.ok(used);
    assert.equal(await isOpen(used), false);
  });

  it('are all closed in the end, whoever holds them', async () => {
    const { connections } = kept();
    const [run, look] = [connections.hold(site), connections.hold(saved)];
    await connections.close();
    assert.deepEqual([await isOpen(run), await isOpen(look)], [false, false]);
    run.release();
    look.release();
  });
});
