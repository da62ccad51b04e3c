import type { Finding } from '../findings/finding';
import { bySeverity } from '../findings/order';
import { runRules } from '../findings/rule';
import { readKeepalived } from './keepalived/document';
import { KEEPALIVED_RULES } from './keepalived/table';
import { kindOf } from './kind';
import type { ConfigFileKind } from './kind';
import { readLsyncd } from './lsyncd/document';
import { LSYNCD_RULES } from './lsyncd/table';
import { readMysqlOptions } from './mysqlOptions/document';
import { MYSQL_RULES } from './mysqlOptions/table';
import { NOTIFY_SCRIPT_RULES } from './notifyScript/table';
import { tooLarge } from './tooLarge';

/** What stands beside a file in its folder and must agree with it. */
export interface Beside {
  /** Text of keepalived.conf. */
  readonly keepalived?: string;
}

type Examiner = (file: string, text: string, beside: Beside) => Finding[];

const EXAMINERS: Readonly<Record<ConfigFileKind, Examiner>> = {
  keepalived: (file, text) => runRules(KEEPALIVED_RULES, readKeepalived(file, text)),
  mysql: (file, text) => runRules(MYSQL_RULES, readMysqlOptions(file, text)),
  lsyncd: (file, text) => runRules(LSYNCD_RULES, readLsyncd(file, text)),
  'notify-script': (file, text, beside) => runRules(NOTIFY_SCRIPT_RULES, { file, text, ...beside }),
};

/**
 * What is to be said of a configuration file, worst first. `file` is how findings name it, `path` what its kind
 * is told by. Undefined: it is none of those we know. Never throws, whatever the text is.
 */
export function examineConfigFile(
  file: string,
  text: string,
  path = file,
  beside: Beside = {},
): Finding[] | undefined {
  const kind = kindOf(path, text);
  if (kind === undefined) return undefined;
  const large = runRules([tooLarge], { file, text });
  return large.length > 0 ? large : bySeverity(EXAMINERS[kind](file, text, beside));
}
