import type { PlanPicture } from '../../src/shared/protocol';

/** The picture in words, for those who don't see it. */
export function describePicture(picture: PlanPicture): string {
  const vip = picture.vip.holder
    ? `Virtual IP ${picture.vip.address} on ${picture.vip.holder}.`
    : `Virtual IP ${picture.vip.address} on no host.`;
  const nodes = picture.nodes.map((node) => `${node.host}: ${[node.role, ...node.lines].join(', ')}.`);
  const arrows = picture.arrows.map((arrow) => `${arrow.label} from ${arrow.from} to ${arrow.to}.`);
  return [vip, ...nodes, ...arrows].join(' ');
}

export interface PlacedArrow {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** Columns from 1; the arrow spans both of them. */
  readonly first: number;
  readonly last: number;
  readonly direction: 'right' | 'left';
}

/** Arrows between nodes that are in the picture, placed by the columns of their ends. */
export function placeArrows(picture: PlanPicture): readonly PlacedArrow[] {
  const column = new Map(picture.nodes.map((node, index) => [node.host, index + 1]));
  return picture.arrows.flatMap((arrow) => {
    const from = column.get(arrow.from);
    const to = column.get(arrow.to);
    if (from === undefined || to === undefined || from === to) return [];
    return [
      {
        ...arrow,
        first: Math.min(from, to),
        last: Math.max(from, to),
        direction: from < to ? ('right' as const) : ('left' as const),
      },
    ];
  });
}

/** "cc1 → cc2": who holds the virtual IP before and after; "stays on cc1". */
export function fromTo(before: PlanPicture, after: PlanPicture): string {
  const [was, is] = [before.vip.holder ?? 'no host', after.vip.holder ?? 'no host'];
  return was === is ? `stays on ${is}` : `${was} → ${is}`;
}
