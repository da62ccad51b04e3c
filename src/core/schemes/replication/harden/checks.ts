import type { CheckResult } from '../../../plan/plan';
import { access } from '../checks/access';
import { cmonOnTarget } from '../checks/cmonOnTarget';
import { errant } from '../checks/errant';
import { gtidReady } from '../checks/gtidReady';
import { heartbeat } from '../checks/heartbeat';
import { identities } from '../checks/identities';
import { keepalived } from '../checks/keepalived';
import { lsyncdDirection } from '../checks/lsyncdDirection';
import { operationUnfinished } from '../checks/operationUnfinished';
import { resources } from '../checks/resources';
import { rolesAgree } from '../checks/rolesAgree';
import { threads } from '../checks/threads';
import { versions } from '../checks/versions';
import { vipHolders } from '../checks/vipHolders';
import { secrets } from '../deploy/checks';
import { fileName } from '../deploy/context';
import { type Check, need, passed, runCheck, UnknownFact, verdict } from '../operation/check';
import { foreignRecord, foreignRemedy, foreignText } from '../operation/witnessRecord';
import { builtAs, type HardenContext } from './context';

/** What is there is taken from the hosts, what is wanted from the inventory. */
const profiles: Check<HardenContext> = {
  id: 'profiles',
  title: 'The inventory says hardened, the hosts are not',
  level: 'block',
  run(context) {
    const built = builtAs(context);
    if (built.some(({ hardened }) => hardened === undefined)) {
      throw new UnknownFact('how keepalived follows the role could not be read on both controllers');
    }
    if (context.site.profile !== 'hardened') {
      return verdict(
        ['the inventory says documented'],
        'Set `profile: hardened` (or leave the key out) and plan again.',
        [],
      );
    }
    if (built.every(({ hardened }) => hardened)) {
      return verdict(
        built.map(({ host }) => `${host} is hardened already`),
        'There is nothing to harden. "Deploy" keeps the files as the inventory says.',
        [],
      );
    }
    return verdict(
      built
        .filter(({ hardened }) => hardened)
        .map(({ host }) => `${host} is hardened already, the other is not`),
      'An earlier attempt came half-way. Every step is safe to run again: the plan brings both to the same state.',
      built.map(({ host }) => `${host} is documented`),
      'warn',
    );
  },
};

/** From now on the Prometheus host has a voice: it must be there when the records are written. */
const witness: Check<HardenContext> = {
  id: 'witness-access',
  title: 'The witness can be reached and administered',
  level: 'block',
  run({ seen, site }) {
    const host = site.prometheus.name;
    if (!seen.witness.reachable.known) {
      return verdict(
        [`${host} cannot be reached: ${seen.witness.reachable.reason}`],
        'A primary opens after a power cut only when another host confirms it: without the witness hardening would make the site weaker.',
        [],
      );
    }
    const missing = need(seen.witness.missingPrograms, host, 'the list of programs');
    return verdict(
      [
        ...(need(seen.witness.privileged, host, 'root access')
          ? []
          : [`${host}: commands cannot be run as root`]),
        ...(missing.length === 0 ? [] : [`${host} lacks ${missing.join(', ')}`]),
      ],
      `Mend the way to ${host}, and plan again.`,
      [`${host}: ssh, root and programs are there`],
    );
  },
};

/** One record for all sites: writing it takes the witness from the site that has it. */
const witnessRecord: Check<HardenContext> = {
  id: 'witness-record',
  title: 'The witness is no other site’s',
  level: 'block',
  run({ seen, site }) {
    const { name } = site.prometheus;
    const { record } = need(seen.witness.role, name, 'the witness record');
    const foreign = foreignRecord(site, seen.witness);
    if (foreign !== undefined) return verdict([foreignText(site, foreign)], foreignRemedy(site), []);
    const pair = [seen.source, seen.target].map(
      ({ host, role }) => need(role, host, 'the role record').record,
    );
    const unknownHere = record !== undefined && pair.every((one) => one === undefined);
    return verdict(
      unknownHere
        ? [`${name} names ${record.primary} (epoch ${record.epoch}), and neither controller has a record`]
        : [],
      `Either it is left of an earlier life of this site, and is replaced; or a site whose controllers have the same names uses ${name}, and would be closed. Find out, and say which.`,
      [record === undefined ? `${name} has no record` : `${name} names ${record.primary}`],
      'acknowledge',
    );
  },
};

const compared: Check<HardenContext> = {
  id: 'files-compared',
  title: 'Every file was compared with what its host has',
  level: 'block',
  run({ chosen, files }) {
    const against = chosen
      .filter(({ drift }) => drift.kind === 'unknown')
      .map(({ file, drift }) => `${fileName(file)} ${drift.text}`);
    return verdict(against, 'Mend what is named, and plan again.', [
      `${chosen.length} of ${files.length} files are replaced or new; the old ones are kept`,
    ]);
  },
};

/** The order below puts the rule in its own chain; a rule in the wrong place says that something else is at work. */
const snat: Check<HardenContext> = {
  id: 'snat',
  title: 'The primary rewrites to the virtual IP',
  level: 'acknowledge',
  run({ seen, source, target, site }) {
    const onSource = need(seen.source.snat, source.name, 'the NAT rules').toVip.length;
    const onTarget = need(seen.target.snat, target.name, 'the NAT rules').toVip.length;
    const against = [
      ...(onSource === 0 ? [`${source.name} does not rewrite to ${site.vip}: it will from then on`] : []),
      ...(onTarget === 0
        ? []
        : [`${target.name} rewrites to ${site.vip} without holding it: the rule is taken away`]),
    ];
    return verdict(against, 'Say that this is meant.', [`${source.name} does, ${target.name} does not`]);
  },
};

const later: Check<HardenContext> = {
  id: 'takes-effect',
  title: 'What counts only later',
  level: 'inform',
  run({ chosen, source }) {
    const file = chosen.find(({ file: { group, host } }) => group === 'mysql' && host === source.name);
    return file === undefined
      ? passed('nothing')
      : {
          outcome: 'fired',
          evidence: [
            `MySQL of ${source.name} reads its options at its next start: relay_log_recovery counts only then. That it boots closed counts from now on.`,
          ],
          remedy: `Nothing is interrupted for it. After the next promotion ${source.name} is the standby: restart MySQL there then.`,
        };
  },
};

function reworded(check: Check, remedy: string): Check<HardenContext> {
  return {
    ...check,
    run: (context) => {
      const seen = check.run(context);
      return seen.outcome === 'fired' ? { ...seen, remedy } : seen;
    },
  };
}

const CHECKS: readonly Check<HardenContext>[] = [
  profiles,
  operationUnfinished,
  reworded(access, 'Hardening needs both controllers: a guard alone is none.'),
  witness,
  witnessRecord,
  rolesAgree,
  identities,
  versions,
  gtidReady,
  threads,
  heartbeat,
  errant,
  cmonOnTarget,
  keepalived,
  vipHolders,
  snat,
  lsyncdDirection,
  compared,
  secrets,
  resources,
  later,
];

export function hardenChecks(context: HardenContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
