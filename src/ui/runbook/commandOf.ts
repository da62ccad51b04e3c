/** The command by which an operator asks for an operation, as the palette has it; empty for one that this version doesn't know. */
export function commandOf(operation: string | undefined): string {
  return operation === undefined ? '' : (TITLES[operation] ?? '');
}

/** By the operation's id; test/unit/ui/ids.test.ts holds them against the manifest. */
const TITLES: Readonly<Record<string, string>> = {
  promote: 'Promote Standby',
  failover: 'Fail Over',
  rejoin: 'Prepare as Secondary',
  deploy: 'Deploy Files',
  harden: 'Harden',
  setup: 'Deploy Replication Pair',
  rotate: 'Rotate Passwords',
  close: 'Close This Host (Emergency Stop)',
  reopen: 'Reopen This Host',
};
