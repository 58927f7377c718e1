/** Every chart of a report, in reading order: what `report --svg` writes, and the page shows. */
import type { Chart } from '../svg/chart';
import { chartDistances, chartRanking, chartStatedActed } from './distanceCharts';
import type { MeasuredRuns } from './measuredRuns';
import { chartDirections, chartRates, chartRatesBy } from './rateCharts';

export interface ReportCharts {
  readonly rates: Chart;
  readonly directions: Chart;
  readonly byCountry: Chart | undefined;
  readonly byTopic: Chart | undefined;
  readonly byScenario: Chart | undefined;
  readonly ranking: Chart | undefined;
  readonly statedActed: Chart | undefined;
  /** One a model. */
  readonly distanceByCountry: readonly Chart[];
  readonly distanceByTopic: readonly Chart[];
}

export function chartReport(measured: MeasuredRuns): ReportCharts {
  return {
    rates: chartRates(measured),
    directions: chartDirections(measured),
    byCountry: chartRatesBy(measured, 'byCountry'),
    byTopic: chartRatesBy(measured, 'byTopic'),
    byScenario: chartRatesBy(measured, 'byScenario'),
    ranking: chartRanking(measured),
    statedActed: chartStatedActed(measured),
    distanceByCountry: chartDistances(measured, 'byCountry'),
    distanceByTopic: chartDistances(measured, 'byTopic'),
  };
}

export function listCharts(charts: ReportCharts): Chart[] {
  const { rates, directions, byCountry, byTopic, byScenario, ranking, statedActed } = charts;
  return [
    ...[rates, directions, byCountry, byTopic, byScenario, ranking, statedActed].filter((chart) => chart !== undefined),
    ...charts.distanceByCountry,
    ...charts.distanceByTopic,
  ];
}
