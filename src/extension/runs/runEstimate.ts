/** What a set of runs will ask and cost, in words, and whether that is more than anybody starts unasked. */
import { estimateCost, type RunEstimate } from '../../engine/preflight';
import type { Price } from '../../models/endpoints';
import type { RunSettings } from '../settingsSchema';
import type { Translate } from '../translate';

/** Of one run, and what its model costs, where the settings say so. */
export interface PricedEstimate extends RunEstimate {
  readonly price?: Price;
}

export interface TotalEstimate {
  readonly ask: number;
  readonly known: number;
  /** Input and output together. */
  readonly tokens: number;
  /** Of the models with a price; undefined where none that is asked has one. */
  readonly cost: number | undefined;
  /** Models that are asked and have no price. */
  readonly unpriced: number;
}

export function addEstimates(estimates: readonly PricedEstimate[]): TotalEstimate {
  const asking = estimates.filter(({ ask }) => ask > 0);
  const costs = asking.flatMap((estimate) => (estimate.price ? [estimateCost(estimate, estimate.price)] : []));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    ask: sum(estimates.map(({ ask }) => ask)),
    known: sum(estimates.map(({ known }) => known)),
    tokens: sum(estimates.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)),
    cost: costs.length > 0 ? sum(costs) : undefined,
    unpriced: asking.length - costs.length,
  };
}

export function isAboveLimit({ ask, cost }: TotalEstimate, { requests, cost: most }: RunSettings['askAbove']) {
  return (requests !== undefined && ask > requests) || (most !== undefined && cost !== undefined && cost > most);
}

/** `448 requests to ask, 8 known · about 120,000 tokens · about 0.42`. */
export function describeEstimate({ ask, known, tokens, cost, unpriced }: TotalEstimate, t: Translate): string {
  if (ask === 0) return known > 0 ? t('nothing to ask, {0} known', count(known)) : t('nothing to ask');
  const asked = ask === 1 ? t('1 request to ask') : t('{0} requests to ask', count(ask));
  return [
    known > 0 ? t('{0}, {1} known', asked, count(known)) : asked,
    t('about {0} tokens', count(roundTo2(tokens))),
    ...(cost === undefined
      ? []
      : [
          unpriced > 0
            ? t('costs about {0}, models without a price left out', formatCost(cost))
            : t('costs about {0}', formatCost(cost)),
        ]),
  ].join(' · ');
}

/** Two digits that count, but never `0.00` for what costs something. */
function formatCost(cost: number): string {
  if (cost === 0) return '0';
  return cost < 1 ? String(Number(cost.toPrecision(2))) : cost.toFixed(2);
}

/** An estimate that says 123,457 claims to be better than it is. */
function roundTo2(number: number): number {
  return Number(number.toPrecision(2));
}

function count(number: number): string {
  return number.toLocaleString('en');
}
