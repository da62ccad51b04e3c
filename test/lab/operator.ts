import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INSIDE } from './places';
import { ADDRESS, HOSTS, VIP, type ProfileName } from './site';

/** What the operator has on the workstation. Paths are valid inside the capsule. */
export interface OperatorFiles {
  /** `ssh -F FILE cc1` works, as root. */
  readonly sshConfigFile: string;
  readonly knownHostsFile: string;
  /** Opens root, `operator`, `careful` and `limited` on all hosts. */
  readonly identityFile: string;
}

const FOLDER = join(INSIDE, 'operator');

export const OPERATOR_FILES: OperatorFiles = {
  sshConfigFile: join(FOLDER, 'ssh_config'),
  knownHostsFile: join(FOLDER, 'known_hosts'),
  identityFile: join(FOLDER, 'id_ed25519'),
};

/** Writes the operator's files; once for a lab. */
export async function equipOperator(keys: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  await copyFile(join(keys, 'operator'), OPERATOR_FILES.identityFile);
  await copyFile(join(keys, 'operator.pub'), `${OPERATOR_FILES.identityFile}.pub`);
  await chmod(OPERATOR_FILES.identityFile, 0o600);
  await copyFile(join(keys, 'known_hosts'), OPERATOR_FILES.knownHostsFile);
  const hosts = HOSTS.map(
    (host) => `Host ${host} ${host}.local ${ADDRESS[host]}\n  HostName ${ADDRESS[host]}\n`,
  );
  const common = `Host *
  User root
  IdentityFile ${OPERATOR_FILES.identityFile}
  IdentitiesOnly yes
  UserKnownHostsFile ${OPERATOR_FILES.knownHostsFile}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 3
  LogLevel ERROR
`;
  await writeFile(OPERATOR_FILES.sshConfigFile, hosts.join('') + common);
}

/** An inventory of this lab, as short as a real one. Its folder is a workspace. Returns the file. */
export async function writeInventory(profile: ProfileName, user = 'root'): Promise<string> {
  const folder = join(INSIDE, 'workspace', profile === 'documented' ? 'documented' : 'hardened', user);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'clustercontrol.yaml');
  await writeFile(file, inventoryText(profile, user));
  return file;
}

function inventoryText(profile: ProfileName, user: string): string {
  const userPart = user === 'root' ? '' : `user: ${user}, `;
  return `version: 1
sites:
  dc1:
    scheme: replication${profile === 'documented' ? '\n    profile: documented' : ''}
    vip: ${VIP}
    ssh: { ${userPart}identityFile: ${OPERATOR_FILES.identityFile} }
    controllers:
      cc1: { address: ${ADDRESS.cc1}, priority: 105 }
      cc2: { address: ${ADDRESS.cc2}, priority: 100 }
    prometheus: { name: prom, address: ${ADDRESS.prom} }
`;
}
