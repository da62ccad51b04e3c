import type { Hazard } from './hazard';
import { OF_ADDRESS } from './ofAddress';
import { OF_DATABASE } from './ofDatabase';
import { OF_HOST } from './ofHost';

/** The 27 hazards of the documented procedure, each by its number. */
export const HAZARDS: Readonly<Record<number, Hazard>> = { ...OF_ADDRESS, ...OF_DATABASE, ...OF_HOST };
