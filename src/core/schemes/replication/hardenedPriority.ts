/**
 * How long the new holder waits after the old one's last word. The old one says "priority 0" before its address is gone;
 * with 254 the wait (skew, RFC 5798 6.1) is 1.6 ms, and on a busy host both had the address for up to 2.8 ms
 * (measured, 2 of 120 promotions).
 */
const SKEW_SECONDS = 0.0125;

/** The same VRRP priority for both hosts: skew = (256 - priority) / 256 × advertisement interval. */
export function hardenedPriority(advertIntervalSeconds: number): number {
  const below = Math.round((SKEW_SECONDS * 256) / advertIntervalSeconds);
  return 256 - Math.min(128, Math.max(2, below));
}
