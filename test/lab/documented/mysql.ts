import { createCloneUser, createReplicationUser } from '../../../src/core/schemes/replication/sql/accounts';
import { cloneFrom as cloneStatement, cloneState } from '../../../src/core/schemes/replication/sql/clone';
import { open } from '../../../src/core/schemes/replication/sql/readOnly';
import { changeSource, startReplica } from '../../../src/core/schemes/replication/sql/replication';
import type { ReplicationController, ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { Lab } from '../lab';
import { withSecrets } from '../rendering/put';
import { labSite } from '../rendering/site';
import { CONTROLLERS, peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** Runs statements as root by the local socket. @throws with what mysql said. */
export async function sql(lab: Lab, host: ControllerName, statements: string): Promise<string> {
  const outcome = await lab.console(host, 'mysql --batch --skip-column-names', { input: statements });
  if (outcome.code !== 0) throw new Error(`mysql on ${host}: ${outcome.stderr.trim()}\n${statements}`);
  return outcome.stdout;
}

export async function waitForMysql(lab: Lab, host: ControllerName, timeoutMs = 60_000): Promise<void> {
  await waitFor(`MySQL on ${host}`, timeoutMs, async () => {
    const outcome = await lab.console(host, 'mysql --batch --skip-column-names --execute "SELECT 1"');
    return outcome.code === 0;
  });
}

/**
 * Step 4.6, with the statements of the product. And what `install-cc` makes: cmon's own schema and account, here of the
 * stand-in, by the local socket and without a password.
 */
export async function createAccounts(lab: Lab, host: ControllerName, site: ReplicationSite): Promise<void> {
  const accounts = [createReplicationUser(site, '9'), createCloneUser(site)].map(({ sent }) => sent);
  await sql(
    lab,
    host,
    `${withSecrets(accounts.join('\n'))}
     CREATE DATABASE cmon;
     CREATE USER 'cmon'@'localhost' IDENTIFIED WITH auth_socket AS 'root';
     GRANT ALL ON cmon.* TO 'cmon'@'localhost';`,
  );
}

/** Step 4.7. mysqld ends itself after a CLONE, and systemd starts it again; the client hears OK before that. */
export async function cloneFrom(lab: Lab, donor: ControllerName): Promise<void> {
  const site = await labSite(lab.facts.profile);
  const recipient = peerOf(donor);
  const before = await sql(lab, recipient, 'SELECT NOW(3)');
  await sql(lab, recipient, withSecrets(cloneStatement(site, controllerOf(site, donor)).sent));
  await waitFor(`the CLONE on ${recipient}`, 60_000, async () => {
    const outcome = await lab.console(recipient, 'mysql --batch --skip-column-names', {
      input: cloneState(before.trim()).sent,
    });
    return outcome.code === 0 && outcome.stdout.startsWith('Completed');
  });
}

/** Steps 4.8 and 4.9. */
export async function replicateFrom(lab: Lab, source: ControllerName): Promise<void> {
  const site = await labSite(lab.facts.profile);
  const replica = peerOf(source);
  const statements = [changeSource(site, controllerOf(site, source)), startReplica()];
  await sql(lab, replica, withSecrets(statements.map(({ sent }) => sent).join('\n')));
  await waitForReplication(lab, replica);
}

function controllerOf({ controllers }: ReplicationSite, host: ControllerName): ReplicationController {
  const controller = controllers.find(({ name }) => name === host);
  if (controller === undefined) throw new Error(`the inventory has no ${host}`);
  return controller;
}

export async function waitForReplication(lab: Lab, replica: ControllerName): Promise<void> {
  const query = `SELECT c.service_state = 'ON' AND a.service_state = 'ON'
    FROM performance_schema.replication_connection_status c, performance_schema.replication_applier_status a`;
  await waitFor(
    `replication on ${replica}`,
    30_000,
    async () => (await sql(lab, replica, query)).trim() === '1',
  );
}

/** Waits until a heartbeat that cmon writes now is on the replica: threads alone prove nothing. */
export async function waitForFlow(lab: Lab, source: ControllerName): Promise<void> {
  const newest = 'SELECT COALESCE(MAX(id), 0) FROM cmon.heartbeat';
  const goal = Number(await sql(lab, source, newest));
  await waitFor(`heartbeats of ${source} on ${peerOf(source)}`, 30_000, async () => {
    return Number(await sql(lab, peerOf(source), newest)) > goal;
  });
}

/** Steps 4.1 to 4.9 on rendered options: cc2 cloned from cc1 and replicating. A profile that boots closed is opened for it. */
export async function setUpReplication(lab: Lab, site: ReplicationSite): Promise<void> {
  await Promise.all(
    CONTROLLERS.map(async (host) => {
      await lab.mustConsole(host, 'systemctl restart mysql');
      await waitForMysql(lab, host);
      await sql(lab, host, open().sent);
    }),
  );
  await createAccounts(lab, 'cc1', site);
  await cloneFrom(lab, 'cc1');
  await replicateFrom(lab, 'cc1');
}
