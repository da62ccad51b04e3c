import type { Lab } from '../../lab/lab';
import { MYSQL_PASSWORD, peerOf, UNITS, type ControllerName } from '../../lab/site';
import { type Channel, KeptHost } from './channel';
import { durable, RUN, STATE, waitFor } from './shell';

const CONTROL = `${RUN}/bench-rsync`;
const SYNCED = [
  '/var/lib/cmon/',
  '/etc/cmon.d/',
  '/root/.s9s/',
  '/var/www/html/clustercontrol-mcc/',
  '/var/www/html/cmon-repos/',
  '/usr/share/ccmgr/',
  '/etc/cmon.cnf',
  '/etc/cmon-events.cnf',
  '/etc/s9s.conf',
];

const rsync = (to: string): string =>
  `rsync -a --relative --delete -e 'ssh -o BatchMode=yes -o ControlPath=${CONTROL}' $(ls -d ${SYNCED.join(' ')} 2>/dev/null) root@${to}:/`;
const follow = (source: string): string =>
  `STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='${source}', SOURCE_USER='repl', SOURCE_PASSWORD='${MYSQL_PASSWORD}', SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_RETRY_COUNT=0, SOURCE_CONNECT_RETRY=1; START REPLICA;`;
const executed = "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '');";

/** A host with everything open that the outage needs: a channel for each branch. */
interface Kept {
  readonly host: KeptHost;
  readonly units: Channel;
  readonly vip: Channel;
  readonly files: Channel;
  readonly record: Channel;
  readonly sql: Channel;
}

/**
 * The fewest and fastest commands that switch a hardened site over: the product's own actions without one of its
 * checks, leases, journals, verifications or ways back, on channels that are open before. Not a way to run a site: it
 * is what the product's outage is measured against. The lease is there for the guards only, which would fight it.
 */
export class Floor {
  private constructor(
    private readonly kept: Readonly<Record<ControllerName, Kept>>,
    private readonly witness: Channel,
    private readonly connections: readonly KeptHost[],
  ) {}

  static async on(lab: Lab): Promise<Floor> {
    const prom = await KeptHost.connect(lab, 'prom');
    const [cc1, cc2] = await Promise.all([open(lab, 'cc1'), open(lab, 'cc2')]);
    return new Floor({ cc1, cc2 }, await prom.shell(), [prom, cc1.host, cc2.host]);
  }

  async promote(target: ControllerName): Promise<void> {
    const source = peerOf(target);
    const from = this.kept[source];
    const to = this.kept[target];
    const token = await this.lease(target);
    const epoch = Number(await from.record.ask(`read -r e _ <${STATE}/role; echo $((e + 1))`));
    await this.prepare(from, to, target, epoch);

    await from.units.ask(`systemctl stop ${UNITS.join(' ')}`);
    const vip = from.vip.ask(`rm -f ${RUN}/active`).then(() => to.vip.ask(waitFor('snat', 'held')));
    const files = from.files.ask(rsync(target));
    const database = (async () => {
      const gtid = await from.sql.ask(`SET GLOBAL super_read_only = ON; ${executed}`);
      const waited = await to.sql.ask(`SELECT WAIT_FOR_EXECUTED_GTID_SET('${gtid}', 10);`);
      if (waited !== '0') throw new Error(`not caught up: ${waited}`);
      const records = Promise.all([
        from.record.ask(durable(`${STATE}/role`, `${epoch} standby ${target}`)),
        this.witness.ask(durable(`${STATE}/witness`, `${epoch} ${target}`)),
      ]).then(() => to.record.ask(durable(`${STATE}/role`, `${epoch} primary ${target}`)));
      await Promise.all([records, to.sql.ask('STOP REPLICA; RESET REPLICA ALL;')]);
    })();
    await Promise.all([vip, files, database]);
    await to.sql.ask('SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF;');
    await Promise.all([to.units.ask(`systemctl start ${UNITS.join(' ')}`), from.sql.ask(follow(target))]);
    await to.vip.ask('systemctl reset-failed lsyncd; systemctl start lsyncd');
    await from.files.ask(`ssh -o ControlPath=${CONTROL} -O exit ${target} || true`);
    await this.release(token);
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  /** Nothing of it is an outage: files first, the target caught up and eligible for the VIP, the rsync connection open. */
  private async prepare(from: Kept, to: Kept, target: ControllerName, epoch: number): Promise<void> {
    const gtid = await from.sql.ask(executed);
    await to.sql.ask(`SELECT WAIT_FOR_EXECUTED_GTID_SET('${gtid}', 20);`);
    await from.files.ask(
      `systemctl stop lsyncd; systemctl reset-failed lsyncd; ssh -MNf -o BatchMode=yes -o ControlPath=${CONTROL} ${target} </dev/null >/dev/null 2>&1; ${rsync(target)}`,
    );
    await to.vip.ask(
      `rm -f ${RUN}/vrrp_state ${RUN}/snat; echo ${epoch} >${RUN}/active.bench && mv -fT ${RUN}/active.bench ${RUN}/active; ${waitFor('vrrp_state', 'BACKUP')}`,
    );
  }

  private async lease(target: ControllerName): Promise<number> {
    const asked = await Promise.all(
      Object.values(this.kept).map(({ record }) => record.ask(`read -r t _ <${STATE}/lease; echo "$t"`)),
    );
    const token = Math.max(...asked.map(Number)) + 1;
    await this.everywhere(
      `clustercontrol-ha lease take --plan bench-${target} --operator bench --token ${token} --ttl 60`,
    );
    return token;
  }

  private async release(token: number): Promise<void> {
    await this.everywhere(`clustercontrol-ha lease release --token ${token}`);
  }

  private async everywhere(command: string): Promise<void> {
    await Promise.all(Object.values(this.kept).map(({ record }) => record.ask(command)));
  }
}

async function open(lab: Lab, name: ControllerName): Promise<Kept> {
  const host = await KeptHost.connect(lab, name);
  const [units, vip, files, record] = await Promise.all([
    host.shell(),
    host.shell(),
    host.shell(),
    host.shell(),
  ]);
  return { host, units, vip, files, record, sql: await host.mysql() };
}
