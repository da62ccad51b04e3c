import type { StepKit } from '../../steps/kit';
import { stepKit } from '../../steps/kit';
import { inward, type RejoinContext } from '../context';

/** What every step of one rejoin is built with. */
export interface RejoinKit {
  readonly context: RejoinContext;
  /** Names of the two hosts. */
  readonly host: string;
  readonly primary: string;
  /** Path of the helper, as a shell word. */
  readonly helper: string;
  /** Reads SQL on standard input, prints bare values. */
  readonly mysql: string;
  /** For steps that end a promotion, too: `source` rejoins, `target` is the primary. */
  readonly inward: StepKit;
}

export function rejoinKit(context: RejoinContext): RejoinKit {
  const kit = stepKit(inward(context));
  return {
    context,
    host: context.host.name,
    primary: context.primary.name,
    helper: kit.helper,
    mysql: kit.mysql,
    inward: kit,
  };
}

/** A GTID set of one host becomes part of a statement on another: nothing else than one may pass (MySQL manual, GTID sets). */
export function onlyGtids(variable: string): string {
  return `case $${variable} in *[!0-9A-Za-z_:,-]*) echo "not a GTID set: $${variable}" >&2; exit 1;; esac`;
}
