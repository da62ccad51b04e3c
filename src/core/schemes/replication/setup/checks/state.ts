import { valueOf } from '../../../../observe/fact';
import { type Check, passed, verdict } from '../../operation/check';
import type { SetupContext } from '../context';
import { controllers } from './facts';

export const notDone: Check<SetupContext> = {
  id: 'not-set-up',
  title: 'The pair is not set up yet',
  level: 'block',
  run({ stage, primary, standby, files }) {
    if (stage !== 'done') {
      return passed(stage === 'begun' ? 'a set-up was begun and goes on' : 'no controller has a role yet');
    }
    const drift = files.length === 0 ? '' : ` ${files.length} files differ: Deploy brings them.`;
    return verdict(
      [`${primary.name} is the primary and ${standby.name} its standby already`],
      `There is nothing to do.${drift}`,
      [],
    );
  },
};

/** A pair that was deployed by hand runs: its way to the hardened profile is another operation, without an interruption. */
export const notDeployedByHand: Check<SetupContext> = {
  id: 'deployed-by-hand',
  title: 'No pair runs here that was deployed by hand',
  level: 'block',
  run(context) {
    const { seen, site } = context;
    const pairs = [
      [context.primary.name, seen.primary],
      [context.standby.name, seen.standby],
    ] as const;
    const against = pairs.flatMap(([name, host]) => {
      if (valueOf(host.role)?.record !== undefined) return [];
      const replica = valueOf(host.mysql)?.replica;
      const vip = valueOf(host.addresses)?.some(({ address }) => address === site.vip) === true;
      return [
        ...(replica === undefined ? [] : [`${name} replicates from ${replica.sourceHost}`]),
        ...(vip ? [`${name} holds ${site.vip}`] : []),
      ];
    });
    return verdict(
      against,
      'It is adopted as it is: write `profile: documented` for it. "Harden" leads it to the hardened profile while it runs.',
      ['neither replicates nor holds the virtual IP without a role'],
    );
  },
};

/** A record names the primary: a set-up that goes on can't choose another. */
export const sameWay: Check<SetupContext> = {
  id: 'same-way',
  title: 'What was begun goes on in the same direction',
  level: 'block',
  run(context) {
    const { seen, primary, standby } = context;
    const records = [seen.primary, seen.standby].flatMap((host) => valueOf(host.role)?.record ?? []);
    const against = records
      .filter((record) => record.primary !== primary.name)
      .map((record) => `epoch ${record.epoch} names ${record.primary} as the primary`);
    return verdict(against, `Choose ${standby.name} as the primary.`, [
      records.length === 0 ? 'no host has a role yet' : `the records name ${primary.name}`,
    ]);
  },
};

/** What runs on a standby-to-be would go on writing what the copy replaces. */
export const standbyAtRest: Check<SetupContext> = {
  id: 'one-cmon',
  title: 'ClusterControl runs on one host at most',
  level: 'block',
  run(context) {
    const running = controllers(context).filter(
      ({ name }) => (valueOf(context.observation.hosts[name]?.cmonProcesses ?? NOT_ASKED) ?? 0) > 0,
    );
    const [first] = running;
    const against =
      running.length > 1 || (first !== undefined && first.name !== context.primary.name)
        ? [`cmon runs on ${running.map(({ name }) => name).join(' and ')}`]
        : [];
    return verdict(
      against,
      `Stop it on ${context.standby.name}: what its cmon has is replaced by what ${context.primary.name} has.`,
      [first === undefined ? 'no cmon runs' : `cmon runs on ${first.name} alone; it stops until the end`],
    );
  },
};

const NOT_ASKED = { known: false, reason: 'not asked', atMs: 0, source: '' } as const;
