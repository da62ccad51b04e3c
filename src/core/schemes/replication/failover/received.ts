/** What the standby's channel had received at one moment, by that server's own clock; 0: never. */
export interface ReceivedSample {
  readonly received: string;
  readonly heartbeatAtMs: number;
  readonly queuedAtMs: number;
  /** When the last transaction received was committed on the source. */
  readonly committedAtMs: number;
  readonly lastTransaction: string;
  readonly atMs: number;
}

function sample(line: string): ReceivedSample | undefined {
  const [mark, received, heartbeat, queued, committed, lastTransaction, now] = line.split('\t');
  const ms = (text: string | undefined): number => Number(text) * 1000;
  const atMs = ms(now);
  if (mark !== 'sample' || received === undefined || lastTransaction === undefined || !Number.isFinite(atMs))
    return undefined;
  return {
    received,
    heartbeatAtMs: ms(heartbeat) || 0,
    queuedAtMs: ms(queued) || 0,
    committedAtMs: ms(committed) || 0,
    lastTransaction,
    atMs,
  };
}

/** Two samples of the question, the earlier first; undefined where there are not two. */
export function samplesOf(text: string): readonly [ReceivedSample, ReceivedSample] | undefined {
  const [first, second] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(sample);
  return first === undefined || second === undefined ? undefined : [first, second];
}
