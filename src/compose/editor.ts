import path from 'node:path';
import { FileJournal } from '../adapters/journal/fileJournal';
import { FileDrills } from '../adapters/journal/fileDrills';
import { drillDirectory, journalDirectory } from '../adapters/journal/directory';
import { ChildProcesses } from '../adapters/local/commands';
import { readHooks } from '../core/operate/readHooks';
import { replicationScheme } from '../core/schemes/replication/scheme';
import type { RunRestorer } from '../ui/runbook/controller';
import type { HostReader } from '../ui/hostReader';
import type { RunbookLauncher, SiteService } from '../ui/services';
import { Drills } from './drills';
import type { EditorParts } from './editorParts';
import { LiveHostReader } from './hostReader';
import { hostAssetsIn } from './hostAssets';
import { helperTextIn } from './helperText';
import { Launcher } from './launcher';
import { LiveSites } from './liveSites';
import { Operations } from './operations';
import { instanceName, operatorName } from './operator';
import { SiteConnections } from './siteConnections';

/** What the editor needs of real hosts. */
export interface EditorEngine {
  readonly service: SiteService;
  readonly hostReader: HostReader;
  readonly launcher: RunbookLauncher;
  readonly restorer: RunRestorer;
  close(): Promise<void>;
}

/** Joins inventory, hosts, engine and journal behind the user interface. Loaded on first use. */
export function composeEditor(parts: EditorParts): EditorEngine {
  const { clock, log, secrets, askHostKey } = parts;
  const options = () => ({ secrets, log, clock, askHostKey, sshConfigFile: parts.sshConfigFile() });
  const connections = new SiteConnections(options, parts.access);
  const sites = new LiveSites(connections, clock, () => hostAssetsIn(parts.bundleFolder), secrets);
  const journal = new FileJournal(journalDirectory(process.env));
  const operations = new Operations({
    sites,
    connections,
    journal,
    secrets,
    log,
    clock,
    helperText: helperTextIn(path.resolve(parts.bundleFolder)),
    hooks: () => Promise.resolve(readHooks(parts.hooks(), 'the setting clustercontrolHa.hooks')),
    siteNow: (name) => parts.siteNamed(name),
    local: new ChildProcesses(clock, process.env),
    operator: operatorName(),
    instance: instanceName(),
  });
  const drills = new Drills(operations, sites, new FileDrills(drillDirectory(process.env)), clock);
  const launcher = new Launcher(parts, operations, drills);
  return {
    service: sites,
    hostReader: new LiveHostReader(replicationScheme.fromHosts, options, clock, parts.access),
    launcher,
    restorer: { restore: (key) => launcher.restored(key.site, key.runId) },
    close: async () => {
      await connections.close();
      await journal.close();
    },
  };
}
