import { SCENES } from './scenes/table';

export interface Options {
  /** Every cell, kept in the records of the product, and the report written. */
  readonly all: boolean;
  /** One fault a step, and nothing more: minutes. */
  readonly covering: boolean;
  /** Of the cells between closing and opening those that `covering` leaves out. */
  readonly unwritable: boolean;
  /** Runs nothing, writes what the records of this product say: for a run that was stopped. */
  readonly report: boolean;
  readonly labs: number;
  /** Which part of the cells this command takes: for suites that run side by side. */
  readonly shard: number;
  readonly shards: number;
  readonly scenes: readonly string[];
  /** Of all cells those whose id holds this, for looking into some. */
  readonly only: string;
  /** Prints the closing line of `npm test`'s suites last. */
  readonly suite: boolean;
}

/** `[--all | --covering | --unwritable | --report] [--labs N] [--shard I/N] [--scene ID,…] [--only TEXT] [--suite]`. @throws with what is wrong. */
export function parseOptions(words: readonly string[]): Options {
  const left = [...words];
  const flag = (name: string): boolean => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const value = (name: string): string | undefined => {
    const at = left.indexOf(name);
    return at < 0 ? undefined : left.splice(at, 2)[1];
  };
  const [shard = 1, shards = 1] = (value('--shard') ?? '1/1').split('/').map(Number);
  const scenes = value('--scene')?.split(',') ?? [];
  const options = {
    all: flag('--all'),
    covering: flag('--covering'),
    unwritable: flag('--unwritable'),
    report: flag('--report'),
    labs: Number(value('--labs') ?? 1),
    shard: shard - 1,
    shards,
    scenes,
    only: value('--only') ?? '',
    suite: flag('--suite'),
  };
  if (left.length > 0) throw new Error(`unknown: ${left.join(' ')}`);
  const strange = scenes.find((id) => !SCENES.some((scene) => scene.id === id));
  if (strange !== undefined) throw new Error(`no scene ${strange}: ${SCENES.map(({ id }) => id).join(', ')}`);
  if (!(shard >= 1 && shard <= shards && options.labs >= 1))
    throw new Error('--shard is I/N, --labs a number');
  return options;
}
