import type { QuestionAnswer } from '../../../scheme';
import type { OsFamily } from '../../site';
import { assessId } from './script';

/** A database that is no part of MySQL itself. */
export interface Database {
  readonly name: string;
  readonly bytes: number;
  readonly tables: number;
}

export interface LackingProgram {
  readonly program: string;
  readonly package: string;
  /** Version that could be installed; undefined: none is known there. */
  readonly candidate: string | undefined;
}

/** What one controller has, read by `assessScript`. `undefined` of a member: it could not be told. */
export interface HostFacts {
  readonly os: OsFamily | undefined;
  readonly osName: string;
  readonly systemd: boolean;
  readonly lacking: readonly LackingProgram[];
  /** `9.7.0`; undefined where there is no mysqld. */
  readonly mysqld: string | undefined;
  readonly interfaceThere: boolean;
  readonly addressThere: boolean;
  /** Hosts whose ssh port it can't reach. */
  readonly unreached: readonly string[];
  readonly cmonThere: boolean;
  readonly firewall: 'none' | 'ufw' | 'firewalld' | undefined;
  readonly selinux: string;
  readonly packaging: 'apt' | 'dnf' | undefined;
  readonly freeBytes: number | undefined;
  /** A MySQL data folder exists, whether its server answers or not. */
  readonly dataThere: boolean;
  readonly databases: readonly Database[] | undefined;
}

/** @returns undefined where the host did not answer, or not wholly. */
export function hostFacts(
  answers: Readonly<Record<string, QuestionAnswer>>,
  host: string,
): HostFacts | undefined {
  const answer = answers[assessId(host)];
  if (answer?.answered !== true || answer.exitCode !== 0) return undefined;
  return readFacts(answer.stdout);
}

/** @returns undefined when the text ends before its last line: half an answer is none. */
export function readFacts(text: string): HostFacts | undefined {
  const lines = text.split('\n').map((line) => {
    const at = line.indexOf(' ');
    return [line.slice(0, at), line.slice(at + 1).trim()] as const;
  });
  const all = (key: string): string[] => lines.filter(([name]) => name === key).map(([, value]) => value);
  const one = (key: string): string | undefined => all(key).find((value) => value !== 'unknown');
  if (all('databases').length !== 1) return undefined;
  const free = Number(one('free') ?? NaN);
  const osName = one('os') ?? '';
  return {
    os: /\b(debian|ubuntu)\b/.test(osName)
      ? 'debian'
      : /\b(rhel|fedora|centos)\b/.test(osName)
        ? 'rhel'
        : undefined,
    osName,
    systemd: one('init') === 'systemd',
    lacking: all('program').flatMap(lackingProgram),
    mysqld: one('mysqld'),
    interfaceThere: one('interface') === 'there',
    addressThere: one('address') === 'there',
    unreached: all('reach').flatMap((value) => (value.endsWith(' no') ? [value.slice(0, -3)] : [])),
    cmonThere: one('cmon') === 'there',
    firewall: member(one('firewall'), ['none', 'ufw', 'firewalld']),
    selinux: one('selinux') ?? 'unknown',
    packaging: member(one('packaging'), ['apt', 'dnf']),
    freeBytes: Number.isFinite(free) ? free : undefined,
    dataThere: one('data_folder') === 'there',
    databases: one('databases') === 'read' ? all('database').flatMap(database) : undefined,
  };
}

function lackingProgram(value: string): LackingProgram[] {
  const [program = '', state, name = '', candidate] = value.split(/\s+/);
  return state === 'lacking' ? [{ program, package: name, candidate }] : [];
}

function database(value: string): Database[] {
  // A name may hold blanks: the two numbers stand last.
  const match = /^(.+) (\d+) (\d+)$/.exec(value);
  return match === null ? [] : [{ name: match[1] ?? '', bytes: Number(match[2]), tables: Number(match[3]) }];
}

function member<T extends string>(value: string | undefined, values: readonly T[]): T | undefined {
  return values.find((one) => one === value);
}
