import { type Check, verdict } from '../operation/check';

/** A password that is missed half-way leaves a half-way state: all must be there now. */
export const secrets: Check = {
  id: 'secrets',
  title: 'Every password the plan needs is known',
  level: 'block',
  run({ site, secretsAvailable }) {
    const name = site.mysql.replicationUser.password.secret;
    return verdict(
      secretsAvailable.includes(name) ? [] : [`the secret ${name} is not set`],
      'Set it with "Set Secret" (editor) or CCHA_SECRET_<NAME> (command line).',
      [`the secret ${name} can be resolved`],
    );
  },
};
