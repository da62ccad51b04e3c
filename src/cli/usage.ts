export const USAGE = `ClusterControl HA

  cli.js check                        findings of the inventory
  cli.js check FILE…                  findings of keepalived.conf, my.cnf, lsyncd.conf, manage_snat.sh, …
  cli.js render [--out DIR] [--group keepalived|mysql|lsyncd|sql|…]
  cli.js status                       what the hosts are, now
  cli.js compare [HOST]               files of hosts that are not as the inventory says
  cli.js diff [HOST]                  the same, with their lines
  cli.js plan promote TARGET [--paper] [--out FILE]
                                      the plan with its evidence; changes nothing
  cli.js run promote TARGET [--yes] [--ack CHECK=REASON]
  cli.js plan|run failover TARGET [--attest powered-off="cc1 is off: …"] [--mode half-way]
                                      the primary is dead; --yes covers neither --ack nor --attest
  cli.js plan|run close HOST [--ack outage="HOST: …"]
                                      emergency stop of one controller: no address, no writes, no cmon
  cli.js plan|run reopen HOST         the way back from it
  cli.js plan|run rejoin TARGET       "Prepare as Secondary": TARGET becomes the standby of the other one
  cli.js plan|run deploy [HOST] [--file HOST:PATH]
                                      brings files to the hosts
  cli.js plan|run harden              a running pair of the documented profile becomes a hardened one
  cli.js plan|run setup PRIMARY       from bare hosts to a working pair
  cli.js plan|run rotate all|replication|clone
                                      new passwords of replication and CLONE
  cli.js runs                         journals, the newest last
  cli.js resume RUN [--undo]          finish (or undo) a run without an end
  cli.js resume --from-hosts [--undo] [--yes]
                                      the same for one that was begun on another machine
  cli.js report RUN [--out FILE]      its report, Markdown
  cli.js drill [--rounds N] [--yes] [--out FILE]
                                      promote there and back, and tell what users would have noticed
  cli.js drill --history              the drills of this machine

  --inventory FILE    default: clustercontrol.yaml
  --site NAME         where several stand in the inventory, usable or not
  --json              one JSON document; run and resume: one event a line, "run" to "run-ended"
  --fail-on LEVEL     check: error, warning (default) or never
  --take-over         resume: also from an operator whose process still runs; that one can do nothing more
  --mode MODE         plan and run: how it is done, where an operation has several ways (failover)
  --ssh-config FILE   instead of your own ssh configuration

Exit codes: 0 done, 1 failed, findings or a site that render left out, 2 usage, 3 refused, 4 undone, 5 unfinished or undo owed.
Secrets: CCHA_SECRET_<NAME> in the environment.
`;

/** A call of the usage: its line, and those that go on with it, are indented deeper than the next call. */
const CALL = /^ {2}cli\.js (\S+)/;

/** What the usage says of one verb (`plan|run` is both of them); all of it for a word that is none. */
export function usageOf(verb: string | undefined): string {
  const told: string[] = [];
  let taken = false;
  for (const line of USAGE.split('\n')) {
    const words = CALL.exec(line)?.[1]?.split('|');
    if (words !== undefined) taken = verb !== undefined && words.includes(verb);
    else if (!line.startsWith('   ')) taken = false;
    if (taken) told.push(line);
  }
  return told.length === 0
    ? USAGE
    : [...told, '', '  cli.js --help: all of it, options and exit codes'].join('\n');
}
