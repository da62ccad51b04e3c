/**
 * Ids of the heartbeats that a host's MySQL acknowledged, from lines of
 * `ID HOST ACKNOWLEDGED_NS SENT_NS beat|stop`. Half-written lines are skipped.
 */
export function parseHeartbeats(lines: readonly string[], host: string): number[] {
  return lines.flatMap((line) => {
    const [id, from, acknowledged, sent, kind] = line.split(' ');
    const whole = acknowledged !== undefined && sent !== undefined && (kind === 'beat' || kind === 'stop');
    return whole && from === host && /^\d+$/.test(id ?? '') ? [Number(id)] : [];
  });
}
