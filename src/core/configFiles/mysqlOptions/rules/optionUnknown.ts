import { nearest } from '../../../inventory/nearest';
import { inFile, replace } from '../../place';
import { DEPRECATED } from '../deprecated';
import { KNOWN_OPTIONS } from '../known';
import { REMOVED } from '../removed';
import type { MysqlRule } from '../rule';

/** Options that a plugin or a component brings: known when it is loaded. */
const OF_A_PLUGIN =
  /\.|^(clone|rpl_semi_sync|group_replication|validate_password|audit_log|keyring|firewall|mysql_firewall|thread_pool|daemon_memcached|telemetry|authentication_|connection_control|mysqlx|innodb_|wsrep|ndb)/;
const PREFIX = /^(skip|disable|enable|maximum)_/;

export const optionUnknown: MysqlRule = {
  code: 'mysql-option-unknown',
  severity: 'error',
  why: 'mysqld aborts its start for an option that it does not know: "unknown variable", or "unknown option" where the equals sign is missing.',
  remedy: 'Correct the name. An option of a plugin needs the plugin to be loaded in the same file.',
  check: (document) =>
    document.options.flatMap((option) => {
      const names = [option.name, option.name.replace(PREFIX, '')];
      const known = names.some(
        (name) => KNOWN_OPTIONS.has(name) || REMOVED.has(name) || DEPRECATED.has(name),
      );
      if (known || option.loose || names.some((name) => OF_A_PLUGIN.test(name))) return [];
      const [, first = '', rest] = /^(\S+)\s+(.*)$/.exec(option.written) ?? [];
      if (rest !== undefined && option.value === undefined && KNOWN_OPTIONS.has(first.replaceAll('-', '_'))) {
        const fix = replace('Add the equals sign', option.at, `${first} = ${rest}`);
        return [
          inFile(document, option.at, `between ${first} and its value an equals sign is missing`, { fix }),
        ];
      }
      const meant = nearest(option.name, ofSimilarLength(option.name));
      const fix = meant === undefined ? undefined : replace(`Change to ${meant}`, option.at, meant);
      const message = `MySQL 9.7 does not know ${option.written.slice(0, 60)}`;
      return [
        inFile(document, option.at, meant === undefined ? message : `${message}: is ${meant} meant?`, {
          fix,
          // Without a near name it may be an option of another series, or of a plugin that we never met.
          severity: meant === undefined ? 'warning' : 'error',
        }),
      ];
    }),
};

/** A name that is a slip of the finger differs by a third at most; comparing all of them would cost a keystroke. */
function ofSimilarLength(name: string): string[] {
  const most = Math.max(1, Math.floor(name.length / 3));
  return [...KNOWN_OPTIONS].filter((known) => Math.abs(known.length - name.length) <= most);
}
