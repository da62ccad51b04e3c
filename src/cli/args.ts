import { parseArgs } from 'node:util';
import { ATTESTATIONS } from '../core/schemes/replication/failover/fence';
import { UsageError } from './exitCodes';

export const VERBS = [
  'check',
  'render',
  'compare',
  'diff',
  'status',
  'plan',
  'run',
  'resume',
  'report',
  'runs',
  'drill',
] as const;
export type Verb = (typeof VERBS)[number];

/** Every option of every verb; what a verb doesn't know it ignores. */
export interface Options {
  readonly verb: Verb;
  readonly words: readonly string[];
  readonly inventory: string;
  readonly site: string | undefined;
  readonly json: boolean;
  readonly yes: boolean;
  readonly failOn: 'error' | 'warning' | 'never';
  /** Typed reasons by check id. */
  readonly acknowledged: Readonly<Record<string, string>>;
  /** What the operator says he knows and no host can tell, by kind. */
  readonly attested: Readonly<Record<string, string>>;
  readonly out: string | undefined;
  readonly group: string | undefined;
  /** `HOST:PATH`: what `deploy` brings to the hosts; empty: all that differs. */
  readonly files: readonly string[];
  readonly sshConfig: string | undefined;
  readonly undo: boolean;
  /** Undefined: the operation's own default. */
  readonly mode: string | undefined;
  /** Resume what the hosts tell of, whoever began it. */
  readonly fromHosts: boolean;
  /** Takes the lease also from a process that still renews it. */
  readonly takeOver: boolean;
  /** The plan as a runbook on paper. */
  readonly paper: boolean;
  readonly rounds: number;
  readonly history: boolean;
}

/** Texts by name, `NAME=TEXT` each. `what` is how the option is used. */
function texts(values: readonly string[], what: string): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf('=');
      const [name, text] = [value.slice(0, at).trim(), value.slice(at + 1).trim()];
      if (at < 1 || text === '') {
        throw new UsageError(`${what}, not "${value}"`);
      }
      return [name, text];
    }),
  );
}

function attestations(values: readonly string[]): Record<string, string> {
  const found = texts(values, '--attest takes KIND="your own words"');
  const wrong = Object.keys(found).find((kind) => !(ATTESTATIONS as readonly string[]).includes(kind));
  if (wrong !== undefined) {
    throw new UsageError(`--attest knows ${ATTESTATIONS.join(' and ')}, not "${wrong}"`);
  }
  return found;
}

function wholeNumber(option: string, value: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(value))
    throw new UsageError(`${option} takes a number from 1 on, not "${value}"`);
  return Number(value);
}

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const [verb, ...words] = positionals;
  const known = VERBS.find((one) => one === verb);
  if (known === undefined) {
    throw new UsageError(verb === undefined ? 'which verb?' : `there is no verb ${verb}`);
  }
  const failOn = values['fail-on'] ?? 'warning';
  if (failOn !== 'error' && failOn !== 'warning' && failOn !== 'never') {
    throw new UsageError(`--fail-on takes error, warning or never, not "${failOn}"`);
  }
  return {
    verb: known,
    words,
    inventory: values.inventory ?? 'clustercontrol.yaml',
    site: values.site,
    json: values.json ?? false,
    yes: values.yes ?? false,
    failOn,
    acknowledged: texts(values.ack ?? [], '--ack takes CHECK=REASON'),
    attested: attestations(values.attest ?? []),
    out: values.out,
    group: values.group,
    files: values.file ?? [],
    sshConfig: values['ssh-config'],
    undo: values.undo ?? false,
    mode: values.mode,
    fromHosts: values['from-hosts'] ?? false,
    takeOver: values['take-over'] ?? false,
    paper: values.paper ?? false,
    rounds: wholeNumber('--rounds', values.rounds ?? '1'),
    history: values.history ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        inventory: { type: 'string', short: 'i' },
        site: { type: 'string' },
        json: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        'fail-on': { type: 'string' },
        ack: { type: 'string', multiple: true },
        attest: { type: 'string', multiple: true },
        out: { type: 'string' },
        group: { type: 'string' },
        file: { type: 'string', multiple: true },
        'ssh-config': { type: 'string' },
        undo: { type: 'boolean' },
        mode: { type: 'string' },
        'from-hosts': { type: 'boolean' },
        'take-over': { type: 'boolean' },
        paper: { type: 'boolean' },
        rounds: { type: 'string' },
        history: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
