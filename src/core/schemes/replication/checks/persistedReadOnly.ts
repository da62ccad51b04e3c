import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/** mysqld-auto.cnf wins over my.cnf: a persisted OFF makes an old primary come back writable. */
export const persistedReadOnly: Check = {
  id: 'persisted-read-only',
  title: 'No server is told to start writable',
  level: 'block',
  run(context) {
    const { method } = context;
    const against = askedHosts(context).flatMap(({ name: host, seen }) => {
      const { persisted } = need(seen.mysql, host, 'MySQL');
      return ['super_read_only', 'read_only']
        .filter((name) => ['OFF', '0'].includes((persisted[name] ?? '').toUpperCase()))
        .map((name) => `${host}: ${name} is persisted OFF`);
    });
    return verdict(
      against,
      'RESET PERSIST IF EXISTS super_read_only; RESET PERSIST IF EXISTS read_only;',
      ['neither server has read-only persisted OFF'],
      method === 'keepalived' ? 'warn' : 'block',
    );
  },
};
