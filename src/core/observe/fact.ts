import type { OperatorErrorCode } from '../errors';

/** A value with its time and source, or unknown with its reason. Unknown is never healthy. */
export type Fact<T> =
  | { readonly known: true; readonly value: T; readonly atMs: number; readonly source: string }
  | {
      readonly known: false;
      readonly reason: string;
      readonly atMs: number;
      readonly source: string;
      /** Of the error that stands behind the reason, where rules tell one from another. */
      readonly code?: OperatorErrorCode;
    };

export function known<T>(value: T, atMs: number, source: string): Fact<T> {
  return { known: true, value, atMs, source };
}

export function unknown(reason: string, atMs: number, source: string, code?: OperatorErrorCode): Fact<never> {
  return { known: false, reason, atMs, source, ...(code && { code }) };
}

/** The value, or undefined where it is unknown. For display; a decision must look at `known`. */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined;
}
