import type { Scene } from '../scene';
import { failover, halfWay } from './emergency';
import { planned } from './planned';
import { rejoinClone, rejoinFollow } from './rejoin';

export const SCENES: readonly Scene[] = [planned, failover, halfWay, rejoinFollow, rejoinClone];
