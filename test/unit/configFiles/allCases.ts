import type { Cases } from './case';
import { DAEMON_CASES, TRAP_CASES } from './keepalivedCases';
import * as lsyncd from './lsyncdCases';
import * as mysql from './mysqlCases';
import * as notifyScript from './notifyScriptCases';

/** A pair of texts for each code of the configuration files. */
export const ALL_CASES: Cases = {
  ...DAEMON_CASES,
  ...TRAP_CASES,
  ...mysql.REFUSED_CASES,
  ...mysql.ABORTING_CASES,
  ...mysql.WARNED_CASES,
  ...mysql.TRAP_CASES,
  ...lsyncd.REFUSED_CASES,
  ...lsyncd.TRAP_CASES,
  ...notifyScript.CASES,
};
