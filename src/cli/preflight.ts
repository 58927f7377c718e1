/** Says what a run is going to cost before it begins, and asks first where that is more than was allowed. */
import { createInterface } from 'node:readline/promises';
import { formatCount } from '../display/numbers';
import type { AnswerCache } from '../engine/answerCache';
import { estimateCost, estimateRun, type RunEstimate } from '../engine/preflight';
import type { Price } from '../models/endpoints';
import type { PreparedRun } from './preparedRun';
import type { RunOptions } from './runOptions';
import { UsageError } from './usageError';

export async function estimateRuns(runs: readonly PreparedRun[], cache: AnswerCache): Promise<RunEstimate[]> {
  const estimates: RunEstimate[] = [];
  for (const run of runs) estimates.push(await estimateRun({ ...run, cache }));
  return estimates;
}

/** "456 to ask, 0 known, about 130,000 tokens in and 20,000 out (about 0.03)" */
export function describeEstimate(estimate: RunEstimate, price: Price | undefined): string {
  const { ask, known, inputTokens, outputTokens } = estimate;
  const counts = `${ask.toLocaleString('en')} to ask, ${known.toLocaleString('en')} known`;
  if (ask === 0) return counts;
  const tokens = `about ${roundTokens(inputTokens)} tokens in and ${roundTokens(outputTokens)} out`;
  return price ? `${counts}, ${tokens} (about ${formatCost(estimateCost(estimate, price))})` : `${counts}, ${tokens}`;
}

/** It is an estimate: two digits say what is known. */
function roundTokens(tokens: number): string {
  return Number(tokens.toPrecision(2)).toLocaleString('en');
}

function formatCost(cost: number): string {
  return cost >= 0.1 ? cost.toFixed(2) : String(Number(cost.toPrecision(1)));
}

/**
 * Over `--limit` somebody has to agree: `--yes`, or at the terminal.
 * @throws {UsageError} where nobody did.
 */
export async function confirmOverLimit(
  estimates: readonly RunEstimate[],
  { limit, yes }: Pick<RunOptions, 'limit' | 'yes'>,
  terminal: { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream },
): Promise<void> {
  const ask = estimates.reduce((sum, estimate) => sum + estimate.ask, 0);
  if (limit === undefined || ask <= limit || yes) return;
  const what = `${formatCount(ask, 'request')} to ask, which is more than the limit of ${limit.toLocaleString('en')}`;
  if (terminal.input.isTTY && terminal.output.isTTY && (await agrees(`${what}. Ask them all? [y/N] `, terminal)))
    return;
  throw new UsageError(`${what}. Nothing was asked. Raise --limit, or agree with --yes.`);
}

async function agrees(question: string, terminal: Parameters<typeof confirmOverLimit>[2]): Promise<boolean> {
  const lines = createInterface(terminal);
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}
