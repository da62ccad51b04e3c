import type { UnitState } from './host';

/** `systemctl show -p Id,LoadState,…` of several units: blocks of `Key=value`, parted by an empty line. */
export function parseUnits(text: string): Record<string, UnitState> {
  const units: Record<string, UnitState> = {};
  for (const block of text.split(/\n\s*\n/)) {
    const values = new Map<string, string>();
    for (const line of block.split('\n')) {
      const equals = line.indexOf('=');
      if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1));
    }
    const id = values.get('Id');
    if (id === undefined) continue;
    units[id.replace(/\.service$/, '')] = {
      loaded: values.get('LoadState') !== 'not-found',
      active: values.get('ActiveState') ?? '',
      sub: values.get('SubState') ?? '',
      file: values.get('UnitFileState') ?? '',
      mainPid: Number(values.get('MainPID') ?? 0),
      result: values.get('Result') ?? '',
    };
  }
  return units;
}
