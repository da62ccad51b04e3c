import assert from 'node:assert/strict';
import { formatAge } from '../../../src/ui/age';
import { generatedPath } from '../../../src/ui/commands/files/generatedPath';
import { sshArguments } from '../../../src/ui/commands/host/sshArguments';
import { errorSentence } from '../../../src/ui/errors';
import { secretNames } from '../../../src/ui/inventory/secretNames';
import { TextPositions } from '../../../src/ui/inventory/positions';
import { Redactor } from '../../../src/ui/redact';
import { OperatorError } from '../../../src/core/errors';

describe('ages', () => {
  it('are as coarse as a reader needs', () => {
    const ages = [-5, 0, 59_000, 60_000, 3_599_000, 3_600_000, 47 * 3_600_000, 72 * 3_600_000];
    assert.deepEqual(ages.map(formatAge), ['0 s', '0 s', '59 s', '1 min', '59 min', '1 h', '47 h', '3 d']);
  });
});

describe('redaction', () => {
  it('takes out every value that was handed out, the longest first', () => {
    const redactor = new Redactor();
    redactor.learn('hunter');
    redactor.learn('hunter2hunter2');
    assert.equal(redactor.redact('login hunter2hunter2 failed, hunter'), 'login *** failed, ***');
  });

  it('leaves words alone that merely hold a short value', () => {
    const redactor = new Redactor();
    redactor.learn('cc1');
    assert.equal(redactor.redact('cc1 and cc10'), '*** and cc10');
  });

  it('takes out what stands where passwords do, and private keys', () => {
    const redactor = new Redactor();
    assert.equal(redactor.redact("IDENTIFIED BY 'a;b' x"), 'IDENTIFIED BY *** x');
    assert.equal(redactor.redact('auth_pass abc }'), 'auth_pass *** }');
    assert.equal(redactor.redact('password=abc next'), 'password=*** next');
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----';
    assert.equal(redactor.redact(`x ${key} y`), 'x *** y');
  });
});

describe('positions', () => {
  it('agree with the editor for each kind of line end', () => {
    const positions = new TextPositions('ab\r\ncd\re\n\nf');
    const at = (offset: number) => Object.values(positions.at(offset)).join(':');
    assert.deepEqual([0, 2, 4, 6, 7, 9, 10, 99].map(at), [
      '0:0',
      '0:2',
      '1:0',
      '1:2',
      '2:0',
      '3:0',
      '4:0',
      '4:1',
    ]);
  });
});

describe('generated paths', () => {
  it("mirror the host's own tree", () => {
    const file = { host: 'cc1', path: '/etc/keepalived/keepalived.conf' };
    assert.deepEqual(generatedPath('dc1', file), ['dc1', 'cc1', 'etc', 'keepalived', 'keepalived.conf']);
  });

  for (const path of ['/etc/../../x', 'etc/x', '/etc//x', '/a\\b', '/a\0b']) {
    it(`refuse ${JSON.stringify(path)}`, () => {
      assert.throws(() => generatedPath('dc1', { host: 'cc1', path }), RangeError);
    });
  }
});

describe('ssh arguments', () => {
  it('carry the inventory, and end the options before the address', () => {
    const ssh = { user: 'admin', port: 2222, identityFile: '~/.ssh/k', jump: 'gate' };
    const host = { name: 'cc1', address: '-oProxyCommand=x', ssh };
    const expected = '-F f -l admin -p 2222 -i ~/.ssh/k -J gate -- -oProxyCommand=x';
    assert.equal(sshArguments(host, 'f').join(' '), expected);
  });
});

describe('secret names', () => {
  it('are found wherever they stand, each once', () => {
    const value = [{ a: { secret: 'b' } }, { secret: 'a' }, { deep: [{ secret: 'b' }] }, null, 'secret'];
    assert.deepEqual(secretNames(value), ['a', 'b']);
  });
});

describe('errors', () => {
  it('say what failed, where and what to do', () => {
    const error = new OperatorError({
      code: 'host-unreachable',
      what: 'No answer within 4 s.',
      host: 'cc1',
      state: 'Nothing was changed.',
      next: 'Check its network.',
    });
    assert.equal(errorSentence(error), 'cc1: No answer within 4 s. Check its network.');
  });
});
