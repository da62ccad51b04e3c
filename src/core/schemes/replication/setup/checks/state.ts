import { valueOf } from '../../../../observe/fact';
import { type Check, need, passed, verdict } from '../../operation/check';
import { foreignRecord, foreignRemedy, foreignText, WITNESS_FILES } from '../../operation/witnessRecord';
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

/** One record for all sites; and a witness commits no epoch that is not above its own. */
export const witnessRecord: Check<SetupContext> = {
  id: 'witness-record',
  title: 'The witness has no record that this set-up does not know',
  level: 'block',
  run(context) {
    const { seen, site } = context;
    const { name } = site.prometheus;
    const { record } = need(seen.witness.role, name, 'the witness record');
    if (record === undefined) return passed(`${name} has no record`);
    const foreign = foreignRecord(site, seen.witness);
    if (foreign !== undefined) return verdict([foreignText(site, foreign)], foreignRemedy(site), []);
    const own = valueOf(seen.primary.role)?.record?.epoch ?? 0;
    return verdict(
      record.epoch > own
        ? [
            `${name} names ${record.primary} in epoch ${record.epoch}, ${context.primary.name} knows ${own || 'none'}`,
          ]
        : [],
      `If a site whose controllers have the same names uses ${name}, give this one a Prometheus host of its own. If it is left of an earlier life of this site, remove ${WITNESS_FILES} there, and plan again.`,
      [`${name} names ${record.primary} (epoch ${record.epoch})`],
    );
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
