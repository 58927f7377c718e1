/** The charts of the panel, in reading order. */
import { alignmentRate } from './alignmentRate';
import type { ChartDefinition } from './definition';
import { directions } from './directions';
import { distance } from './distance';
import { distanceHeatmap } from './distanceHeatmap';
import { promptEffects } from './promptEffects';
import { ranking } from './ranking';
import { rateByCountry, rateByTopic } from './rateByGroup';
import { statedActed } from './statedActed';

export const CHARTS: readonly ChartDefinition[] = [
  alignmentRate,
  directions,
  rateByCountry,
  rateByTopic,
  distanceHeatmap,
  ranking,
  statedActed,
  distance,
  promptEffects,
];
