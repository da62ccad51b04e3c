import { systemClock } from '../adapters/clock';
import { drillDirectory, journalDirectory } from '../adapters/journal/directory';
import { FileDrills } from '../adapters/journal/fileDrills';
import { FileJournal } from '../adapters/journal/fileJournal';
import { ChildProcesses } from '../adapters/local/commands';
import { hooksFile, readHooksFile } from '../adapters/local/hooksFile';
import { environmentSecrets } from '../adapters/secrets-env';
import { Drills } from '../compose/drills';
import { hostAssetsIn } from '../compose/hostAssets';
import { helperTextIn } from '../compose/helperText';
import { LiveSites } from '../compose/liveSites';
import { Operations } from '../compose/operations';
import { instanceName, operatorName } from '../compose/operator';
import { SiteConnections } from '../compose/siteConnections';
import { OPEN_ACCESS } from '../core/operate/hostAccess';
import { readHooks } from '../core/operate/readHooks';
import type { Log } from '../core/ports';
import type { Options } from './args';

export interface CommandLine {
  readonly sites: LiveSites;
  readonly operations: Operations;
  readonly drills: Drills;
  close(): Promise<void>;
}

/** Warnings and errors go to standard error: standard output belongs to the answer. */
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => process.stderr.write(`${message}\n`),
  error: (message) => process.stderr.write(`${message}\n`),
};

/** The parts of the command line. An unknown host key is refused here: nobody is there to look at a fingerprint. */
export function composeCommandLine(options: Options): CommandLine {
  const secrets = environmentSecrets(process.env);
  const clock = systemClock;
  const hosts = () => ({ secrets, log, clock, sshConfigFile: options.sshConfig });
  const connections = new SiteConnections(hosts, OPEN_ACCESS);
  const sites = new LiveSites(connections, clock, () => hostAssetsIn(__dirname), secrets);
  const journal = new FileJournal(journalDirectory(process.env));
  const operations = new Operations({
    sites,
    connections,
    journal,
    secrets,
    log,
    clock,
    helperText: helperTextIn(__dirname),
    hooks: async () => {
      const file = hooksFile(process.env);
      return readHooks(await readHooksFile(file), file);
    },
    local: new ChildProcesses(clock, process.env),
    operator: operatorName(),
    instance: instanceName(),
  });
  return {
    sites,
    operations,
    drills: new Drills(operations, sites, new FileDrills(drillDirectory(process.env)), clock),
    close: async () => {
      await connections.close();
      await journal.close();
    },
  };
}
