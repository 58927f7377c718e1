/** The charts of the panel, in reading order. */
import { alignmentRate } from './alignmentRate';
import type { ChartDefinition } from './definition';
import { directions } from './directions';
import { distance } from './distance';
import { statedActed } from './statedActed';

export const CHARTS: readonly ChartDefinition[] = [alignmentRate, directions, statedActed, distance];
