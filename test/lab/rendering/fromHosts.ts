import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../src/adapters/clock';
import { LiveHostReader } from '../../../src/compose/hostReader';
import { LiveSites } from '../../../src/compose/liveSites';
import { SiteConnections } from '../../../src/compose/siteConnections';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import type { DriftKind } from '../../../src/core/deploy/drift';
import type { Finding } from '../../../src/core/findings/finding';
import { parseInventory } from '../../../src/core/inventory/parse';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { Lab } from '../lab';
import { INSIDE } from '../places';
import { ADDRESS, MYSQL_PASSWORD } from '../site';
import { builtAssets } from './put';
import { siteOf } from './site';

/** An inventory that "New Inventory from Hosts" wrote of this lab, and what the product makes of it. */
export interface ReadPair {
  readonly text: string;
  /** Values that were left open. */
  readonly open: number;
  readonly site: ReplicationSite;
  readonly findings: readonly Finding[];
  /** Of every file that is not as rendered: `HOST:PATH KIND`. */
  readonly drift: readonly `${string} ${DriftKind}`[];
}

const asked = (name: keyof typeof ADDRESS) => ({ name, address: ADDRESS[name] });

/**
 * Reads the lab's pair as an operator has it read: names, addresses and his ssh configuration are all that is known.
 * @param sshConfigFile another than the lab's own, to log in as somebody else
 */
export async function readPair(lab: Lab, sshConfigFile = lab.operator.sshConfigFile): Promise<ReadPair> {
  const secrets = { get: () => Promise.resolve(MYSQL_PASSWORD) };
  const options = () => ({ secrets, log: SILENT, clock: systemClock, sshConfigFile });
  const reader = new LiveHostReader(replicationScheme.fromHosts, options, systemClock, OPEN_ACCESS);
  const { text, open } = await reader.inventoryOf({
    controllers: [asked('cc1'), asked('cc2')],
    prometheus: asked('prom'),
  });
  const folder = join(INSIDE, 'workspace', 'from-hosts');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'clustercontrol.yaml');
  await writeFile(file, text);
  const { findings } = parseInventory(file, text);
  const site = siteOf(file, text);
  const connections = new SiteConnections(options, OPEN_ACCESS);
  try {
    const sites = new LiveSites(connections, systemClock, builtAssets, secrets);
    const drift = (await sites.compareFiles(site))
      .filter((one) => one.drift.kind !== 'same')
      .map((one) => `${one.file.host}:${one.file.path} ${one.drift.kind}` as const);
    return { text, open, site, findings, drift };
  } finally {
    await connections.close();
  }
}

const nothing = (): void => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
