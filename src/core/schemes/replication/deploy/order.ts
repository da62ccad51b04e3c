import { comparisonDiff } from '../../../deploy/compare';
import type { Step } from '../../../plan/plan';
import { pathsOf } from '../paths';
import type { StepKit } from '../steps/kit';
import { changesSharedVrrp, controllersOf, type DeployContext, effectsOn } from './context';
import { keep, lookAtPrimary, lookAtStandby, tidy } from './finish';
import { installStep } from './install';
import {
  before,
  keepalivedPause,
  keepalivedReload,
  keepalivedResume,
  lsyncdRestart,
  quietReload,
} from './reload';

/** True where what both speakers must say alike changes: then they never speak differently beside each other. */
export function pausesKeepalived(context: DeployContext): boolean {
  const paths = controllersOf(context).map((controller) => [
    controller.name,
    pathsOf(controller.os).keepalived,
  ]);
  return context.chosen.some(
    (one) =>
      paths.some(([host, path]) => one.file.host === host && one.file.path === path) &&
      changesSharedVrrp(comparisonDiff(one)),
  );
}

/** Files of the standby, then of the primary, one after the other; beside them those of the witness. */
function files(context: DeployContext, paused: boolean): Step[] {
  const steps: Step[] = [];
  let last: string[] = [];
  for (const { name } of controllersOf(context)) {
    steps.push(before(context, name, last, paused));
    last = [`before-${name}`];
    for (const one of context.chosen.filter(({ file }) => file.host === name)) {
      const step = installStep(context, one, last);
      steps.push(step);
      last = [step.id];
    }
  }
  const witness = context.site.prometheus.name;
  let chain: string[] = [];
  const onWitness = context.chosen.filter(({ file }) => file.host === witness);
  if (onWitness.length > 0) {
    steps.push(before(context, witness, [], false));
    chain = [`before-${witness}`];
  }
  for (const one of onWitness) {
    const step = installStep(context, one, chain);
    steps.push(step);
    chain = [step.id];
  }
  return steps;
}

/** The standby's daemons first, then the primary's; nothing of it before every file stands everywhere. */
function reloads(context: DeployContext, installed: readonly string[], paused: boolean): Step[] {
  const steps: Step[] = [];
  let last: readonly string[] = installed;
  const add = (step: Step | undefined): void => {
    if (step === undefined) return;
    steps.push(step);
    last = [step.id];
  };
  const { source, target, site } = context;
  if (effectsOn(context, site.prometheus.name).systemd || effectsOn(context, site.prometheus.name).tmpfiles) {
    add(quietReload(context, site.prometheus.name, last));
  }
  if (paused) add(keepalivedPause(context, last));
  for (const { name } of [target, source]) {
    add(quietReload(context, name, last));
    const standby = name === target.name;
    if (effectsOn(context, name).keepalived && !(paused && standby))
      add(keepalivedReload(context, name, last));
    if (effectsOn(context, name).lsyncd && !standby) add(lsyncdRestart(context, name, last));
  }
  if (paused) add(keepalivedResume(context, last));
  return steps;
}

/** A deployment as a graph: files, daemons, a last look, and only then the point of no return. */
export function deploySteps(context: DeployContext, kit: StepKit): Step[] {
  const paused = pausesKeepalived(context);
  const installed = files(context, paused);
  const ids = installed.map(({ id }) => id);
  const reread = reloads(context, ids, paused);
  const last = reread.at(-1)?.id;
  const looked = last === undefined ? ids : [last];
  const looks = [lookAtPrimary(context, kit, looked), lookAtStandby(context, kit, looked)];
  const opening = keep(context, [...ids, ...reread.map(({ id }) => id), ...looks.map(({ id }) => id)]);
  const hosts = [...new Set(installed.map(({ host }) => host))];
  return [...installed, ...reread, ...looks, opening, ...hosts.map((host) => tidy(context, host, ['keep']))];
}
