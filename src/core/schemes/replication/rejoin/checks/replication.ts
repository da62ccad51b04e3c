import { type Check, need, needAnswer, UnknownFact, verdict } from '../../operation/check';
import type { MysqlState } from '../../../../observe/mysql';
import { QUESTIONS } from '../answers';
import type { RejoinContext } from '../context';

function notReady(name: string, mysql: MysqlState): string[] {
  const wanted: [string, boolean][] = [
    ['gtid_mode is not ON', mysql.gtidMode === 'ON'],
    ['enforce_gtid_consistency is not ON', mysql.enforceGtidConsistency === 'ON'],
    ['log_bin is OFF', mysql.logBin],
    ['log_replica_updates is OFF', mysql.logReplicaUpdates],
  ];
  return wanted.filter(([, good]) => !good).map(([what]) => `${name}: ${what}`);
}

export const gtidReady: Check<RejoinContext> = {
  id: 'gtid-ready',
  title: 'Both servers write GTIDs to binary logs',
  level: 'block',
  run({ seen, host, primary }) {
    return verdict(
      [
        ...notReady(host.name, need(seen.host.mysql, host.name, 'MySQL')),
        ...notReady(primary.name, need(seen.primary.mysql, primary.name, 'MySQL')),
      ],
      'Put the configuration of this site on the host ("Generate Configuration Files" has it) and restart MySQL there.',
      [`${host.name} and ${primary.name}: GTID mode, binary logs, replica updates are on`],
    );
  },
};

export const replicationLogin: Check<RejoinContext> = {
  id: 'replication-login',
  title: 'The host may replicate from the primary',
  level: 'block',
  run(context) {
    const { answers, host, primary, site } = context;
    const { user } = site.mysql.replicationUser;
    const answer = answers[QUESTIONS.replicationLogin];
    if (answer?.answered === true && answer.exitCode !== 0) {
      return verdict(
        [`${host.name} as ${user} to ${primary.name}: ${answer.stderr.trim()}`],
        `Let '${user}' log in to ${primary.name} from ${host.address} and from ${site.vip}, with the password of the inventory's secret.`,
        [],
      );
    }
    if (needAnswer(context, QUESTIONS.replicationLogin, host.name) !== '1') {
      throw new UnknownFact(`${host.name}: the login to ${primary.name} gave no answer`);
    }
    return verdict([], '', [`${host.name} logged in to ${primary.name} as ${user}`]);
  },
};

/** An older server can't follow a newer one for sure, and can't be promoted later. */
export const versions: Check<RejoinContext> = {
  id: 'versions',
  title: 'Both run MySQL of one series',
  level: 'block',
  run({ seen, host, primary }) {
    const here = need(seen.host.mysql, host.name, 'MySQL').version;
    const there = need(seen.primary.mysql, primary.name, 'MySQL').version;
    const series = (version: string): string => version.split('.').slice(0, 2).join('.');
    return verdict(
      series(here) === series(there) ? [] : [`${host.name} runs ${here}, ${primary.name} ${there}`],
      `Bring ${host.name} to ${there} first.`,
      [`${host.name} runs ${here}, ${primary.name} ${there}`],
    );
  },
};
