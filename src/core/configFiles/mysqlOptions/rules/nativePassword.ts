import { inFile, replace } from '../../place';
import type { MysqlRule } from '../rule';

export const nativePassword: MysqlRule = {
  code: 'mysql-native-password',
  severity: 'error',
  why: 'MySQL 9 has no mysql_native_password: `--validate-config` accepts the policy, and the start aborts (MY-013797, measured). In SQL it is error 1524.',
  remedy: 'Use caching_sha2_password, with TLS or the public key for replication.',
  check: (document) =>
    document.options.flatMap((option) => {
      if (option.name !== 'authentication_policy' || !/\bmysql_native_password\b/.test(option.value ?? ''))
        return [];
      const text = document.text.slice(option.valueAt.start, option.valueAt.end);
      const fix = replace(
        'Use caching_sha2_password',
        option.valueAt,
        text.replace('mysql_native_password', 'caching_sha2_password'),
      );
      return [inFile(document, option.valueAt, 'there is no mysql_native_password any more', { fix })];
    }),
};
