import {
  PLAN_FORMAT,
  type HostScript,
  type Plan,
  type Step,
  type StepPhase,
} from '../../../../src/core/plan/plan';

export interface StepSketch {
  readonly id: string;
  readonly phase: StepPhase;
  readonly host?: string;
  readonly needs?: readonly string[];
  readonly takeMs?: number;
  readonly optional?: boolean;
  readonly inputs?: readonly string[];
  readonly prints?: string;
  readonly stdin?: string;
  readonly leased?: boolean;
  readonly unlocked?: boolean;
  /** Undone first, where they may stand. */
  readonly requires?: readonly string[];
  /** Behind it its host's own guard may open; its undo refuses where that has happened. */
  readonly letsOpen?: boolean;
  /** Reads only: no effect, no verify, no undo. */
  readonly reads?: boolean;
}

/** A step whose effect is the fact `ID=on` on its host. */
export function sketchStep(sketch: StepSketch): Step {
  const { id, phase } = sketch;
  const before = phase === 'prepare' || phase === 'outage';
  const leased = sketch.leased ?? true;
  const print = sketch.prints ? [`print ${sketch.prints} value-of-${id}`] : [];
  const script = (role: string, lines: readonly string[]): HostScript => ({
    script: [`# ${id} ${role}`, ...lines].join('\n'),
    timeoutMs: 5_000,
    leased,
    ...(sketch.unlocked ? { unlocked: true } : {}),
  });
  const change = sketch.reads ? [] : [`set ${id} on`];
  const act: HostScript = {
    ...script('act', [
      `take ${sketch.takeMs ?? 5}`,
      ...(sketch.stdin ? ['echo-stdin'] : []),
      ...change,
      ...print,
    ]),
    ...(sketch.inputs ? { inputs: sketch.inputs } : {}),
    ...(sketch.prints ? { outputs: [sketch.prints] } : {}),
    ...(sketch.stdin ? { stdin: sketch.stdin } : {}),
  };
  const outputs = sketch.prints ? { outputs: [sketch.prints] } : {};
  return {
    id,
    title: `Do ${id}`,
    host: sketch.host ?? 'cc1',
    why: 'test',
    phase,
    needs: sketch.needs ?? [],
    shown: [`do ${id}`],
    act,
    ...(sketch.reads
      ? { noUndo: 'reads only' }
      : { verify: { ...script('verify', [`has ${id} on`, ...print]), ...outputs } }),
    ...(before && !sketch.reads
      ? {
          undo: {
            shown: [`undo ${id}`],
            script: script('undo', ['take 5', ...(sketch.letsOpen ? ['unless open on'] : []), `unset ${id}`]),
            ...(sketch.requires ? { requires: sketch.requires } : {}),
            effect: `${id} is off again`,
          },
        }
      : {}),
    ...(sketch.letsOpen ? { letsOpen: true } : {}),
    danger: phase === 'open' ? 'irreversible' : phase === 'outage' ? 'interrupts' : 'none',
    ...(sketch.optional ? { optional: true } : {}),
    usualMs: 10,
  };
}

export function sketchPlan(steps: readonly StepSketch[], change: Partial<Plan> = {}): Plan {
  const opening = steps.find((step) => step.phase === 'open');
  return {
    format: PLAN_FORMAT,
    id: 'plan-1',
    operation: 'promote',
    mode: 'planned',
    site: 'dc1',
    title: 'Promote cc2',
    summary: [],
    confirmation: { question: '', detail: '', verb: '' },
    createdAtMs: 0,
    digest: 'd1',
    checks: [],
    leaseHosts: ['cc1', 'cc2'],
    helperPath: '/usr/local/sbin/clustercontrol-ha',
    bringHelper: false,
    helperSettings: {},
    token: 7,
    steps: steps.map(sketchStep),
    pointOfNoReturn: opening?.id ?? '',
    secrets: steps.some((step) => step.stdin) ? ['repl'] : [],
    picture: { before: emptyPicture, after: emptyPicture },
    ...change,
  };
}

const emptyPicture = { vip: { address: '192.0.2.1', holder: 'cc1' }, nodes: [], arrows: [] };

/** The shape of a planned promotion: two prepare, an outage of three branches, the opening, what follows. */
export function promotionSketch(): readonly StepSketch[] {
  return [
    { id: 'read', phase: 'prepare', host: 'prom', leased: false, reads: true },
    { id: 'prepass', phase: 'prepare', host: 'cc1', takeMs: 40 },
    { id: 'eligible', phase: 'prepare', host: 'cc2', needs: ['read', 'prepass'] },
    { id: 'stop', phase: 'outage', host: 'cc1', needs: ['eligible'], takeMs: 30 },
    { id: 'vip', phase: 'outage', host: 'cc1', needs: ['stop'], takeMs: 40, unlocked: true },
    { id: 'files', phase: 'outage', host: 'cc1', needs: ['stop'], takeMs: 20, unlocked: true },
    { id: 'close', phase: 'outage', host: 'cc1', needs: ['stop'], prints: 'final_gtid', takeMs: 3 },
    { id: 'wait', phase: 'outage', host: 'cc2', needs: ['close'], inputs: ['final_gtid'] },
    { id: 'reset', phase: 'outage', host: 'cc2', needs: ['wait'], takeMs: 15 },
    { id: 'open', phase: 'open', host: 'cc2', needs: ['vip', 'files', 'reset'] },
    { id: 'cmon', phase: 'after', host: 'cc2', needs: ['open'], takeMs: 40 },
    {
      id: 'reverse',
      phase: 'after',
      host: 'cc1',
      needs: ['open'],
      stdin: 'PASSWORD={{secret:repl}}',
      takeMs: 20,
    },
    { id: 'unmask', phase: 'after', host: 'cc1', needs: ['reverse'], optional: true },
  ];
}
