import { pathsOf } from '../../../src/core/schemes/replication/paths';
import type { RenderedFile } from '../../../src/core/schemes/scheme';
import { activateDocumented } from '../documented/deploy';
import { cloneFrom, replicateFrom, sql, waitForMysql } from '../documented/mysql';
import type { Lab } from '../lab';
import { renderedFiles, withSecrets } from '../rendering/put';
import { labSite } from '../rendering/site';
import { CONTROLLERS, HOSTS, UNITS, VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';
import { PROMOTION_SQL_SPELLED, START_LSYNCD, START_SERVICES } from './literal';

const PATHS = pathsOf('debian');
const KEPT = [PATHS.keepalived, PATHS.notifyScript, PATHS.lsyncd, PATHS.mysql, PATHS.sysctl];

/** The pair as the documentation leaves it, cc1 primary, and the way back to that from whatever a hazard has made of it. */
export class DocumentedSite {
  private constructor(
    readonly lab: Lab,
    private readonly files: readonly RenderedFile[],
  ) {}

  /** What an earlier test has left half done is restored first. */
  static async on(lab: Lab): Promise<DocumentedSite> {
    const files = await renderedFiles(await labSite('documented'));
    const site = new DocumentedSite(
      lab,
      files.filter(({ path }) => KEPT.includes(path)),
    );
    if (!(await site.cc2Follows().catch(() => false))) await site.restore();
    return site;
  }

  /** Everything by hand and from the ground, without the product: what is tested must not mend its own tests. */
  async restore(): Promise<void> {
    const { lab } = this;
    if (await this.isAsDocumented().catch(() => false)) return;
    await lab.heal();
    for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
    await Promise.all(HOSTS.map((host) => lab.plug(host)));
    await Promise.all(CONTROLLERS.map((host) => this.atRest(host)));
    await this.database();
    await activateDocumented(lab);
  }

  private async isAsDocumented(): Promise<boolean> {
    const { lab } = this;
    if ((await lab.status()).some(({ on }) => !on)) return false;
    const closed = `[ "$(mysql -N -e 'SELECT @@super_read_only + @@read_only, (SELECT COUNT(*) FROM performance_schema.persisted_variables)' | tr '\t' ' ')" =`;
    const asOn = {
      cc1: `systemctl is-active --quiet keepalived lsyncd ${UNITS.join(' ')} && ${closed} '0 0' ]`,
      cc2: `systemctl is-active --quiet keepalived && ! pgrep -x 'cmon|lsyncd' && ${closed} '2 0' ]`,
    };
    for (const host of CONTROLLERS) {
      if ((await lab.console(host, `[ ! -e /run/clustercontrol-ha ] && ${asOn[host]}`)).code !== 0)
        return false;
      if ((await this.holdsVip(host)) !== (host === 'cc1') || (await this.hasSnat(host)) !== (host === 'cc1'))
        return false;
      if ((await this.changed(host)).length > 0) return false;
    }
    return this.cc2Follows();
  }

  private async changed(host: ControllerName): Promise<readonly RenderedFile[]> {
    const seen = await Promise.all(
      this.files
        .filter((file) => file.host === host)
        .map(async (file) => {
          const text = await this.lab.read(host, file.path).catch(() => '');
          return text === withSecrets(file.content) ? [] : [file];
        }),
    );
    return seen.flat();
  }

  private async atRest(host: ControllerName): Promise<void> {
    const { lab } = this;
    // What an operation of the product has left under /run included: none of it is there on documented hosts.
    await lab.mustConsole(
      host,
      `rm -rf /run/clustercontrol-ha /run/systemd/system/*.service.d; systemctl unmask --runtime --quiet ${UNITS.join(' ')}
       systemctl daemon-reload; ip link set eth0 up
       systemctl stop ${UNITS.join(' ')} lsyncd keepalived; systemctl reset-failed
       for name in cmon lsyncd keepalived; do ! pkill -KILL -x $name || true; done
       iptables -t nat -F; iptables -F INPUT; ip -4 addr del ${VIP}/32 dev eth0 2>/dev/null; systemctl start mysql`,
    );
    for (const { path, content, mode } of await this.changed(host))
      await lab.put(host, path, withSecrets(content), Number.parseInt(mode, 8));
    await waitForMysql(lab, host);
    await sql(
      lab,
      host,
      `RESET PERSIST IF EXISTS super_read_only; RESET PERSIST IF EXISTS read_only;
       SET GLOBAL super_read_only = 0; SET GLOBAL read_only = 0;`,
    );
  }

  private async database(): Promise<void> {
    const { lab } = this;
    if (await this.cc2Follows()) return;
    await sql(lab, 'cc1', 'STOP REPLICA; RESET REPLICA ALL;');
    await sql(lab, 'cc2', 'STOP REPLICA; RESET REPLICA ALL;');
    await cloneFrom(lab, 'cc1');
    await replicateFrom(lab, 'cc1');
  }

  /** Whether cc1 replicates from nobody, and cc2 from cc1 without an error and without a transaction of its own. */
  private async cc2Follows(): Promise<boolean> {
    const { lab } = this;
    const channels = 'SELECT COUNT(*) FROM performance_schema.replication_connection_configuration';
    if ((await sql(lab, 'cc1', channels)).trim() !== '0' || (await sql(lab, 'cc2', channels)).trim() !== '1')
      return false;
    await sql(lab, 'cc2', 'STOP REPLICA IO_THREAD; START REPLICA;').catch(() => '');
    const set = async (host: ControllerName): Promise<string> =>
      (await sql(lab, host, 'SELECT @@GLOBAL.gtid_executed')).replaceAll(/\s|\\n/g, '');
    // cc2 is read first: what arrives in between is not its own.
    const own = await set('cc2');
    const all = await set('cc1');
    const arrived = await sql(lab, 'cc2', `SELECT WAIT_FOR_EXECUTED_GTID_SET('${all}', 8)`).catch(() => '1');
    const extra = await sql(lab, 'cc1', `SELECT GTID_SUBTRACT('${own}', '${all}')`);
    return arrived.trim() === '0' && extra.trim() === '';
  }

  /** One reading of a status that the documentation looks at. */
  async status(host: ControllerName, field: string): Promise<string> {
    const text = await this.lab.mustConsole(host, `mysql -E -e 'SHOW REPLICA STATUS'`);
    return new RegExp(`^ *${field}: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  }

  /** "Make sure you see the following", and the lag. */
  async looksHealthy(host: ControllerName): Promise<boolean> {
    const fields = ['Replica_IO_Running', 'Replica_SQL_Running', 'Seconds_Behind_Source'];
    const seen = await Promise.all(fields.map((field) => this.status(host, field)));
    return seen.join() === 'Yes,Yes,0';
  }

  async holdsVip(host: ControllerName): Promise<boolean> {
    return (await this.lab.console(host, `ip -4 -o addr show dev eth0 | grep -qF ' ${VIP}/'`)).code === 0;
  }

  async hasSnat(host: ControllerName): Promise<boolean> {
    return (
      (await this.lab.console(host, `iptables -w 5 -t nat -S | grep -qF -- '--to-source ${VIP}'`)).code === 0
    );
  }

  async runs(host: ControllerName, process: string): Promise<boolean> {
    return (await this.lab.console(host, `pgrep -x ${process}`)).code === 0;
  }

  /** The second half of the documented failover: what is done on cc2. */
  async promoteByHand(): Promise<void> {
    const { lab } = this;
    await sql(lab, 'cc2', PROMOTION_SQL_SPELLED);
    await lab.mustConsole('cc2', START_SERVICES);
    await lab.console('cc2', START_LSYNCD);
    await waitFor('cmon on cc2', 20_000, () => this.runs('cc2', 'cmon'));
  }
}
