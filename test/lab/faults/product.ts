import { createHash } from 'node:crypto';
import { REPOSITORY } from '../places';
import { run } from '../run';

/** What the matrix runs of the product. Pages, tests and words may change without making a result old. */
const TREES = ['src/core', 'src/adapters', 'media/host'];

/**
 * What the matrix makes of it. Counted up when a cell comes to mean something else: results from before count no more.
 * 2: a fault strikes before the step's script leaves, a full disk is full, a case that failed is judged too.
 */
const MATRIX = 2;

/** Whose results are kept together. */
export interface ProductState {
  /** Twelve hexadecimal digits of the content of `TREES`, and of `MATRIX`. */
  readonly content: string;
  /** The commit that was checked out, twelve digits. */
  readonly commit: string;
}

/** @throws where something of the product is not committed: nobody could say later what was tried. */
export async function productState(): Promise<ProductState> {
  const git = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run('git', ['-C', REPOSITORY, ...words]);
    if (code !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const changed = await git('status', '--porcelain', '--', ...TREES);
  if (changed !== '') throw new Error(`commit this first, results are kept by content:\n${changed}`);
  const trees = await git('rev-parse', ...TREES.map((tree) => `HEAD:${tree}`));
  return {
    content: createHash('sha256').update(`${trees}\n${MATRIX}`).digest('hex').slice(0, 12),
    commit: await git('rev-parse', '--short=12', 'HEAD'),
  };
}

export const PRODUCT_TREES = TREES.map((tree) => `\`${tree}\``).join(', ');
