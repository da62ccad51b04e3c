import type { MysqlRule } from './rule';
import { bindLocal } from './rules/bindLocal';
import { binlogOff } from './rules/binlogOff';
import { blockBeforeInclude } from './rules/blockBeforeInclude';
import { bootsWritable } from './rules/bootsWritable';
import { cloneWithoutPlugin } from './rules/cloneWithoutPlugin';
import { durability } from './rules/durability';
import { gtidConsistency } from './rules/gtidConsistency';
import { gtidOff } from './rules/gtidOff';
import { nativePassword } from './rules/nativePassword';
import { optionDeprecated } from './rules/optionDeprecated';
import { optionOutside } from './rules/optionOutside';
import { optionRemoved } from './rules/optionRemoved';
import { optionRepeated } from './rules/optionRepeated';
import { optionUnknown } from './rules/optionUnknown';
import { replicaSkipErrors } from './rules/replicaSkipErrors';
import { replicaUpdatesOff } from './rules/replicaUpdatesOff';
import { serverIdRefused } from './rules/serverIdRefused';
import { valueRefused } from './rules/valueRefused';

/** Worst first: what keeps the server from starting, then what it takes without a word. */
export const MYSQL_RULES: readonly MysqlRule[] = [
  optionOutside,
  optionRemoved,
  optionUnknown,
  cloneWithoutPlugin,
  valueRefused,
  nativePassword,
  gtidConsistency,
  serverIdRefused,
  bootsWritable,
  blockBeforeInclude,
  bindLocal,
  binlogOff,
  gtidOff,
  replicaUpdatesOff,
  replicaSkipErrors,
  durability,
  optionDeprecated,
  optionRepeated,
];
