import type { Step } from '../../../plan/plan';
import { effectsOn } from '../deploy/context';
import { keep, lookAtPrimary, lookAtStandby, tidy } from '../deploy/finish';
import { installStep } from '../deploy/install';
import {
  before,
  keepalivedPause,
  keepalivedReload,
  keepalivedResume,
  lsyncdRestart,
  quietReload,
} from '../deploy/reload';
import { stepKit } from '../steps/kit';
import { type HardenContext, stagesOf } from './context';
import { bootByRole, guardStart } from './steps/boot';
import { askOthers, guardKey, trustGuards, witnessKey } from './steps/keys';
import { lookAtRole } from './steps/look';
import { bootsClosedPrimary, closedStandby, restartStandby } from './steps/mysql';
import { flagSet, roleRecord, witnessRecord } from './steps/records';
import { replicationOptions } from './steps/replication';
import { snatChain } from './steps/snat';
import { stateToDisk } from './steps/state';
import { keepalivedBefore } from './steps/vrrp';

type Make = (needs: readonly string[]) => Step | undefined;

/** Steps one after the other, so that an undo takes them back in exactly the opposite order. */
class Line {
  readonly steps: Step[] = [];
  constructor(private last: readonly string[] = []) {}

  then(...makes: readonly Make[]): this {
    for (const make of makes) {
      const step = make(this.last);
      if (step === undefined) continue;
      this.steps.push(step);
      this.last = [step.id];
    }
    return this;
  }
}

/** Nothing of it counts for anybody yet. The standby first: what its programs refuse never reaches the primary. */
function install(context: HardenContext, line: Line): void {
  const { source, target, site } = context;
  for (const controller of [target, source]) {
    const standby = controller.name === target.name;
    line.then(
      (needs) => before(context, controller.name, needs, standby),
      ...stagesOf(context, controller).first.map(
        (one) => (needs: readonly string[]) => installStep(context, one, needs),
      ),
    );
  }
  const witness = site.prometheus.name;
  line.then(
    (needs) => before(context, witness, needs, false),
    ...context.chosen
      .filter(({ file }) => file.host === witness)
      .map((one) => (needs: readonly string[]) => installStep(context, one, needs)),
    (needs) => quietReload(context, witness, needs),
  );
}

/** Records name what is true already, and the guards run before anything trusts them. */
function roles(context: HardenContext, line: Line): void {
  const { source, target, site } = context;
  const kit = stepKit(context);
  const pair = [target, source];
  line.then(
    ...pair.map(
      ({ name }) =>
        (needs: readonly string[]) =>
          guardKey(context, name, needs),
    ),
    (needs) => witnessKey(context, needs),
    ...[target.name, source.name, site.prometheus.name].map(
      (name) => (needs: readonly string[]) => trustGuards(context, name, needs),
    ),
    ...pair.map(
      ({ name }) =>
        (needs: readonly string[]) =>
          askOthers(context, name, needs),
    ),
    (needs) => witnessRecord(kit, needs),
    (needs) => roleRecord(kit, source.name, needs),
    (needs) => roleRecord(kit, target.name, needs),
    (needs) => flagSet(kit, needs),
    ...pair.map(
      ({ name }) =>
        (needs: readonly string[]) =>
          quietReload(context, name, needs),
    ),
    ...pair.map((controller) => (needs: readonly string[]) => bootByRole(context, controller, needs)),
    ...pair.map(
      ({ name }) =>
        (needs: readonly string[]) =>
          guardStart(name, needs),
    ),
  );
}

/** Only the standby's server is restarted. The primary's reads its options when it starts one day. */
function database(context: HardenContext, line: Line): void {
  const { source, target } = context;
  const kit = stepKit(context);
  const [onStandby, onPrimary] = [stagesOf(context, target).mysql, stagesOf(context, source).mysql];
  const files = (chosen: typeof onStandby) =>
    chosen.map((one) => (needs: readonly string[]) => installStep(context, one, needs));
  line.then(
    (needs) => closedStandby(kit, needs),
    ...files(onStandby),
    (needs) => (onStandby.length === 0 ? undefined : restartStandby(kit, needs)),
    (needs) => replicationOptions(kit, needs),
    (needs) => bootsClosedPrimary(kit, needs),
    ...files(onPrimary),
  );
}

/**
 * The address stays with one host. First the rule that would garble adverts of version 3; then the standby is silent, the
 * primary changes over by a reload, which keeps its state, and the standby comes back without a flag: never eligible.
 */
function address(context: HardenContext, line: Line): void {
  const { source, target } = context;
  const kit = { ...stepKit(context), context };
  const [ofStandby, ofPrimary] = [stagesOf(context, target), stagesOf(context, source)];
  const files = (chosen: typeof ofStandby.keepalived) =>
    chosen.map((one) => (needs: readonly string[]) => installStep(context, one, needs));
  line.then(
    ...files(ofStandby.notifyScript),
    (needs) => snatChain(kit, target, needs),
    ...files(ofPrimary.notifyScript),
    (needs) => snatChain(kit, source, needs),
    (needs) => keepalivedPause(context, needs),
    (needs) => keepalivedBefore(kit, needs),
    ...files(ofPrimary.keepalived),
    (needs) =>
      effectsOn(context, source.name).keepalived ? keepalivedReload(context, source.name, needs) : undefined,
    ...files(ofStandby.keepalived),
    (needs) => keepalivedResume(context, needs),
  );
}

function sync(context: HardenContext, line: Line): void {
  const { source, target } = context;
  const files = [...stagesOf(context, target).lsyncd, ...stagesOf(context, source).lsyncd];
  line.then(...files.map((one) => (needs: readonly string[]) => installStep(context, one, needs)), (needs) =>
    lsyncdRestart(context, source.name, needs),
  );
}

/** From documented to hardened as a graph. Until `keep` all of it is taken back, in the opposite order. */
export function hardenSteps(context: HardenContext): Step[] {
  const { source, target, site } = context;
  const kit = stepKit(context);
  const line = new Line();
  line.then(
    (needs) => stateToDisk(target.name, needs),
    (needs) => stateToDisk(source.name, needs),
  );
  install(context, line);
  roles(context, line);
  database(context, line);
  address(context, line);
  sync(context, line);
  line.then(
    (needs) => lookAtPrimary(context, kit, needs),
    (needs) => lookAtStandby(context, kit, needs),
    (needs) => lookAtRole(kit, source.name, needs),
    (needs) => lookAtRole(kit, target.name, needs),
    (needs) => keep(context, needs),
  );
  const hosts = [target.name, source.name, site.prometheus.name];
  return [...line.steps, ...hosts.map((host) => tidy(context, host, ['keep']))];
}
