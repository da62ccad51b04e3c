import { type Check, verdict } from '../../operation/check';
import type { RejoinContext } from '../context';

export const secrets: Check<RejoinContext> = {
  id: 'secrets',
  title: 'Every password the plan needs is known',
  level: 'block',
  run({ site, secretsAvailable, way }) {
    const wanted = [
      site.mysql.replicationUser.password.secret,
      ...(way?.kind === 'follow' ? [] : [site.mysql.cloneUser.password.secret]),
    ];
    return verdict(
      wanted
        .filter((name) => !secretsAvailable.includes(name))
        .map((name) => `the secret ${name} is not set`),
      'Set it with "Set Secret" (editor) or CCHA_SECRET_<NAME> (command line).',
      wanted.map((name) => `the secret ${name} can be resolved`),
    );
  },
};
