/** One value of both hosts. Where they differ or nobody tells, the reason instead. */
export type Agreed<T> =
  | {
      readonly known: true;
      readonly value: T;
      /** Only one of the two could be asked. */ readonly only?: string;
    }
  | { readonly known: false; readonly why: string };

/** What one host says, or why it says nothing. */
export interface Told<T> {
  readonly host: string;
  readonly value: T | undefined;
  readonly reason: string;
}

/** `what` begins the reason: `the virtual router id`. */
export function agreed<T extends string | number | boolean>(
  what: string,
  told: readonly Told<T>[],
): Agreed<T> {
  const [first, ...others] = told.filter(({ value }) => value !== undefined);
  if (first?.value === undefined) {
    return {
      known: false,
      why: `${what}: ${told.map(({ host, reason }) => `${host}: ${reason}`).join('; ')}`,
    };
  }
  if (others.some(({ value }) => value !== first.value)) {
    const each = told.map(({ host, value, reason }) => `${host} has ${String(value ?? reason)}`);
    return { known: false, why: `${what} differs: ${each.join(', ')}` };
  }
  const silent = told.find(({ value }) => value === undefined);
  if (silent === undefined) return { known: true, value: first.value };
  return {
    known: true,
    value: first.value,
    only: `${what} is as ${first.host} has it; ${silent.host}: ${silent.reason}`,
  };
}
