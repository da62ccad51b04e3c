/** How something is drawn: always an icon and a word beside the colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'unknown' | 'info' | 'active' | 'quiet';

/** Icon names are codicons without their prefix. */
export interface Mark {
  readonly tone: Tone;
  readonly icon: string;
  readonly word: string;
}
