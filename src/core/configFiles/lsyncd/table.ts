import type { LsyncdRule } from './rule';
import { copiesBack } from './rules/copiesBack';
import { copiesHostItself } from './rules/copiesHostItself';
import { datadir } from './rules/datadir';
import { deletesAtStart } from './rules/deletesAtStart';
import { insistMissing } from './rules/insistMissing';
import { nested } from './rules/nested';
import { s9sTypo } from './rules/s9sTypo';
import { settingsAssigned } from './rules/settingsAssigned';
import { syncIncomplete } from './rules/syncIncomplete';
import { syntax } from './rules/syntax';
import { unknownKey } from './rules/unknownKey';

/** Worst first: what keeps lsyncd from starting, then what it does without a word. */
export const LSYNCD_RULES: readonly LsyncdRule[] = [
  syntax,
  settingsAssigned,
  unknownKey,
  syncIncomplete,
  copiesHostItself,
  datadir,
  copiesBack,
  deletesAtStart,
  insistMissing,
  s9sTypo,
  nested,
];
