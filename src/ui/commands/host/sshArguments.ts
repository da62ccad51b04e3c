import type { SiteHost } from '../../../core/inventory/site';

/** Arguments of the ssh program for a host. `--` keeps an address from being read as an option. */
export function sshArguments(host: SiteHost, configFile: string | undefined): string[] {
  const { user, port, identityFile, jump } = host.ssh;
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(identityFile === undefined ? [] : ['-i', identityFile]),
    ...(jump === undefined ? [] : ['-J', jump]),
    '--',
    host.address,
  ];
}
