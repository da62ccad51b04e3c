import assert from 'node:assert/strict';
import { secretAccounts } from '../../../src/ui/inventory/secretNames';

const account = (user: string, secret: string) => ({ user, password: { secret } });

describe('what a secret is for', () => {
  const site = {
    mysql: {
      port: 3306,
      replicationUser: account('repl', 'dc1-repl'),
      cloneUser: account('clone', 'shared'),
    },
    keepalived: { authPassword: { secret: 'dc1-vrrp' } },
    other: account('nobody', 'dc1-repl'),
  };

  it('is the MySQL account that has it as its password, in one site or a list of them', () => {
    assert.deepEqual(secretAccounts(site, 'dc1-repl'), ['repl']);
    assert.deepEqual(secretAccounts([site, { mysql: { admin: account('root', 'shared') } }], 'shared'), [
      'clone',
      'root',
    ]);
  });

  it('is not told where the site does not tell it', () => {
    assert.deepEqual(secretAccounts(site, 'dc1-vrrp'), []);
    assert.deepEqual(secretAccounts(undefined, 'dc1-repl'), []);
  });
});
