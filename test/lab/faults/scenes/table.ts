import type { Scene } from '../scene';
import { planned } from './planned';

export const SCENES: readonly Scene[] = [planned];
