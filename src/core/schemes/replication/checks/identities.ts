import { type Check, need, verdict } from '../operation/check';

/** Two servers with one server_id or server_uuid cannot replicate from each other. */
export const identities: Check = {
  id: 'identities',
  title: 'The MySQL servers have identities of their own',
  level: 'block',
  run({ seen, source, target }) {
    const a = need(seen.source.mysql, source.name, 'MySQL');
    const b = need(seen.target.mysql, target.name, 'MySQL');
    const against: string[] = [];
    if (a.serverId === b.serverId) {
      against.push(`both have server_id ${a.serverId}`);
    }
    if (a.serverUuid === b.serverUuid) {
      against.push(`both have server_uuid ${a.serverUuid}`);
    }
    return verdict(
      against,
      'Give each its own server_id; for the server_uuid remove auto.cnf on the standby and restart it.',
      [
        `${source.name}: server_id ${a.serverId}, ${a.serverUuid}`,
        `${target.name}: server_id ${b.serverId}, ${b.serverUuid}`,
      ],
    );
  },
};
