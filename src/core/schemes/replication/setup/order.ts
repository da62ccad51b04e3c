import type { FileComparison } from '../../../deploy/compare';
import { valueOf } from '../../../observe/fact';
import type { Step } from '../../../plan/plan';
import { installStep, keptFolder } from '../deploy/install';
import { controllers } from './checks/facts';
import type { SetupContext } from './context';
import { begin, clusterControl, packages, reread, servicesRest } from './steps/host';
import { borrowed, type SetupKit } from './steps/kit';
import { accounts, mysqlStart, open, rolePrimary, roleWitness } from './steps/mysql';
import { opening } from './steps/opening';
import { roleStandby, standbyClosed, standbyFollows } from './steps/standby';
import { cmonKey, trustTried } from './steps/logins';
import { keys, trust } from './steps/trust';

/** Files of one host, one after the other; what checks others comes last (keepalived looks for its script). */
function files(context: SetupContext, host: string, needs: readonly string[]): Step[] {
  const rank = ({ file }: FileComparison): number => (file.path.endsWith('/keepalived.conf') ? 1 : 0);
  const steps: Step[] = [];
  let last = needs;
  const install = { planId: context.planId, site: context.site };
  for (const one of context.files
    .filter(({ file }) => file.host === host)
    .sort((a, b) => rank(a) - rank(b))) {
    const step = {
      ...borrowed(installStep(install, one, []), last),
      why: `Written beside its place and read by its own program first. What was there is kept in ${keptFolder(context)}.`,
    };
    steps.push(step);
    last = [step.id];
  }
  return steps;
}

const endOf = (steps: readonly Step[], otherwise: readonly string[]): readonly string[] => {
  const last = steps.at(-1)?.id;
  return last === undefined ? otherwise : [last];
};

/** Whether anybody is served yet: then stopping the services is noticed. */
function inService({ seen }: SetupContext): boolean {
  return [seen.primary, seen.standby].some(({ cmonProcesses }) => (valueOf(cmonProcesses) ?? 0) > 0);
}

/** Nobody notices on hosts that serve nobody. */
function quiet(step: Step): Step {
  return step.danger === 'interrupts' ? { ...step, danger: 'none' } : step;
}

/** From what the hosts have to a working pair: hosts side by side, then trust, MySQL, the copy, and the opening. */
export function setupSteps(context: SetupContext, kit: SetupKit): Step[] {
  const hosts = controllers(context).map((controller) => {
    const { name } = controller;
    const before = [
      packages(kit, controller),
      clusterControl(kit, controller),
      servicesRest(kit, controller),
    ];
    const installed = files(context, name, [`services-rest-${name}`]);
    const read = reread(kit, name, endOf(installed, [`services-rest-${name}`]));
    return [...before, ...installed, read, keys(kit, name, [read.id])];
  });
  const witnessFiles = files(context, kit.witness, ['begin']);
  const witnessRead = reread(kit, kit.witness, endOf(witnessFiles, ['begin']));
  const witness = [...witnessFiles, witnessRead, keys(kit, kit.witness, [witnessRead.id])];
  const pair = [kit.primary, kit.standby];
  const everyKey = [...pair, kit.witness].map((name) => `keys-${name}`);
  const everyTrust = [...pair, kit.witness].map((name) => `trust-${name}`);
  const tried = pair.map((name) => `trust-tried-${name}`);
  const trusted = [
    ...[...pair, kit.witness].map((name) => trust(kit, name, everyKey)),
    ...pair.map((name) => trustTried(kit, name, everyTrust)),
    cmonKey(kit, tried),
  ];
  const copied = standbyFollows(kit, ['accounts', ...tried]);
  const database = [
    ...controllers(context).map((one) => mysqlStart(kit, one, [`reread-${one.name}`])),
    standbyClosed(kit, [`mysql-${kit.standby}`]),
    rolePrimary(kit, [`mysql-${kit.primary}`, 'close']),
    roleWitness(kit, ['role-primary', `reread-${kit.witness}`]),
    open(kit, ['role-primary', 'role-witness']),
    accounts(kit, ['open']),
    ...copied.steps,
    roleStandby(kit, copied.last),
  ];
  const steps = [
    begin(kit),
    ...hosts.flat(),
    ...witness,
    ...trusted,
    ...database,
    ...opening(kit, ['role-standby', 'cmon-key']),
  ];
  return inService(context) ? steps : steps.map(quiet);
}
