import type { Lab } from '../../lab/lab';
import { UNITS, type ControllerName } from '../../lab/site';
import { type Channel, KeptHost } from './channel';
import { durable, RUN, STATE, waitFor } from './shell';

/**
 * The fewest and fastest commands that open a standby whose primary is dead, on channels that are open before: the
 * product's own actions without one of its checks, verifications or ways back. Nothing of a fence, nothing of a look.
 */
export class EmergencyFloor {
  private constructor(
    private readonly target: ControllerName,
    private readonly hosts: readonly KeptHost[],
    private readonly to: Readonly<Record<'units' | 'vip' | 'record' | 'sql', Channel>>,
    private readonly witness: Channel,
    private readonly epoch: number,
    private readonly token: number,
  ) {}

  /** Nothing more is received, and the guard is kept away by a lease: what comes before the clock. */
  static async prepare(lab: Lab, target: ControllerName): Promise<EmergencyFloor> {
    const [prom, host] = await Promise.all([KeptHost.connect(lab, 'prom'), KeptHost.connect(lab, target)]);
    const [units, vip, record] = await Promise.all([host.shell(), host.shell(), host.shell()]);
    const sql = await host.mysql();
    const witness = await prom.shell();
    const token = Number(await record.ask(`read -r t _ <${STATE}/lease; echo $((t + 1))`));
    await record.ask(
      `clustercontrol-ha lease take --plan bench-${target} --operator bench --token ${token} --ttl 60`,
    );
    const epoch = Number(await record.ask(`read -r e _ <${STATE}/role; echo $((e + 1))`));
    await sql.ask('STOP REPLICA IO_THREAD;');
    return new EmergencyFloor(target, [prom, host], { units, vip, record, sql }, witness, epoch, token);
  }

  async failOver(): Promise<void> {
    const { units, vip, record, sql } = this.to;
    const { epoch, target } = this;
    const address = vip.ask(
      `rm -f ${RUN}/vrrp_state ${RUN}/snat; echo ${epoch} >${RUN}/active.bench && mv -fT ${RUN}/active.bench ${RUN}/active; ${waitFor('snat', 'held')}`,
    );
    const database = (async () => {
      const received = await sql.ask(
        "SELECT REPLACE(RECEIVED_TRANSACTION_SET, CHAR(10), '') FROM performance_schema.replication_connection_status;",
      );
      const waited = await sql.ask(`SELECT WAIT_FOR_EXECUTED_GTID_SET('${received}', 10);`);
      if (waited !== '0') throw new Error(`not applied: ${waited}`);
      const records = this.witness
        .ask(durable(`${STATE}/witness`, `${epoch} ${target}`))
        .then(() => record.ask(durable(`${STATE}/role`, `${epoch} primary ${target}`)));
      await Promise.all([records, sql.ask('STOP REPLICA; RESET REPLICA ALL;')]);
    })();
    await Promise.all([address, database]);
    await sql.ask('SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF;');
    await units.ask(`systemctl start ${UNITS.join(' ')}`);
  }

  async close(): Promise<void> {
    await this.to.record.ask(`clustercontrol-ha lease release --token ${this.token}`);
    for (const host of this.hosts) host.close();
  }
}
