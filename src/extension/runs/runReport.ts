/** How a run ended, in one notification with the step that comes next. */
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import type { RunOutcome } from '../../engine/events';
import type { ModelErrorCode } from '../../models/client';
import { sayGaps } from '../words';
import type { RunSummary } from './storedRun';

export interface ModelOutcome {
  readonly model: string;
  readonly outcome: RunOutcome;
  /** The run file; absent where nothing was written, or the model could not even be asked. */
  readonly path?: string;
  /** Requests that were sent and settled; the others' answers were known. */
  readonly asked?: number;
  /** Absent where the model could not even be asked. */
  readonly summary?: RunSummary;
  readonly errorCode?: ModelErrorCode;
  /** It was sent as batches, which outlive this window. */
  readonly isBatch?: boolean;
  /** What the first request that failed was told. */
  readonly firstFailure?: string;
}

export type NextStep = 'resume' | 'retry' | 'charts' | 'key' | 'choose' | 'test' | 'download' | 'models' | 'log';

export interface RunReport {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly steps: readonly NextStep[];
  /** The model that the step is about. */
  readonly model?: string;
  /** Run files that can be gone on with. */
  readonly unfinished: readonly string[];
}

const STEPS: Partial<Record<ModelErrorCode, NextStep>> = {
  unauthorized: 'key',
  forbidden: 'key',
  'unknown-model': 'choose',
  unreachable: 'test',
  unavailable: 'models',
};

export function reportRun(outcomes: readonly ModelOutcome[]): RunReport {
  const stopped = outcomes.filter(({ outcome }) => outcome.status === 'stopped');
  const answered = outcomes.reduce((sum, { summary }) => sum + (summary?.answered ?? 0), 0);
  const failures = outcomes.reduce((sum, { outcome }) => sum + outcome.failed, 0);
  // A run whose every request failed was not stopped, and yet nobody must look for its results.
  const unanswered = outcomes.filter(({ outcome, summary }) => outcome.failed > 0 && !summary?.answered);
  const unfinished = outcomes.filter(({ path, outcome }) => path !== undefined && outcome.done < outcome.total);
  const [first] = stopped.length > 0 ? stopped : unanswered;
  const said: string[] = [
    ...stopped.map(({ outcome }) => outcome.reason ?? ''),
    ...unanswered.filter((one) => !stopped.includes(one)).map(sayUnanswered),
    ...(answered > 0 ? [sayFindings(outcomes), sayKnown(outcomes)] : []),
    ...outcomes.filter(isLeftToBatch).map(sayLeftToBatch),
  ];
  if (
    said.join('') === '' &&
    stopped.length === 0 &&
    answered === 0 &&
    outcomes.every(({ outcome }) => outcome.status === 'canceled')
  ) {
    said.push(vscode.l10n.t('Cancelled before the first answer.'));
  }
  const help = first && findHelp(first);
  return {
    severity: first && answered === 0 ? 'error' : first || failures > 0 ? 'warning' : 'info',
    message: said.filter(Boolean).join(' '),
    steps: [
      ...(help ? [help] : []),
      ...(unfinished.length > 0 ? (['resume'] as const) : failures > 0 ? (['retry'] as const) : []),
      ...(answered > 0 ? (['charts'] as const) : []),
      ...(first || failures > 0 ? (['log'] as const) : []),
    ],
    model: first?.model,
    unfinished: (unfinished.length > 0 ? unfinished : outcomes.filter(({ outcome }) => outcome.failed > 0)).flatMap(
      ({ path }) => path ?? [],
    ),
  };
}

function findHelp({ model, errorCode }: ModelOutcome): NextStep | undefined {
  const step = errorCode && STEPS[errorCode];
  return step === 'models' && model.startsWith('builtin/') ? 'download' : step;
}

/** "gpt-4o-mini: 3 gaps in 6 items, 2 failures." for each model that answered. */
function sayFindings(outcomes: readonly ModelOutcome[]): string {
  return outcomes
    .flatMap(({ model, outcome, summary, isBatch }) => {
      if (!summary || summary.answered === 0) return [];
      const parts = [
        summary.items === 1
          ? vscode.l10n.t('{0} in 1 item', sayGaps(summary.gaps))
          : vscode.l10n.t('{0} in {1} items', sayGaps(summary.gaps), summary.items),
      ];
      if (summary.undecided > 0) parts.push(vscode.l10n.t('{0} undecided', summary.undecided));
      if (summary.unusable > 0) parts.push(vscode.l10n.t('{0} without a usable answer', summary.unusable));
      if (summary.failures > 0) {
        parts.push(
          summary.failures === 1
            ? vscode.l10n.t('1 request failed')
            : vscode.l10n.t('{0} requests failed', summary.failures),
        );
      }
      if (outcome.status === 'canceled' && !isBatch) {
        parts.push(vscode.l10n.t('cancelled after {0} of {1} requests, answers kept', outcome.done, outcome.total));
      }
      if (outcome.status.startsWith('done') && outcome.done < outcome.total) {
        parts.push(vscode.l10n.t('{0} of {1} requests not asked yet', outcome.total - outcome.done, outcome.total));
      }
      return [`${shortenModelId(model)}: ${parts.join(', ')}.`];
    })
    .join(' ');
}

/** Nobody must think that a model was asked again where it was not. */
function sayKnown(outcomes: readonly ModelOutcome[]): string {
  const isComplete = outcomes.every(({ outcome }) => outcome.status === 'done');
  if (!isComplete || outcomes.some(({ asked }) => asked !== 0)) return '';
  return vscode.l10n.t('Nothing was asked: every answer was known from earlier runs.');
}

function isLeftToBatch({ isBatch, path, outcome }: ModelOutcome): boolean {
  return isBatch === true && path !== undefined && outcome.status === 'canceled' && outcome.done < outcome.total;
}

function sayLeftToBatch({ model, outcome }: ModelOutcome): string {
  return vscode.l10n.t(
    '{0}: {1} requests are with the endpoint as a batch, which goes on without this window. Resume the run to fetch the answers.',
    shortenModelId(model),
    outcome.total - outcome.done,
  );
}

function sayUnanswered({ model, outcome, firstFailure = '' }: ModelOutcome): string {
  return vscode.l10n.t(
    '{0}: none of {1} requests was answered. {2}',
    shortenModelId(model),
    outcome.failed,
    firstFailure,
  );
}
