/** One model's run, carried out: written, shown while it goes on, and told how it ended. */
import * as vscode from 'vscode';
import { CompactObservations } from '../../core/runs/compactObservations';
import type { FailureObservation } from '../../core/runs/record';
import { nameSubject } from '../../core/runs/subject';
import type { RunEvent, RunOutcome } from '../../engine/events';
import type { Log } from '../log';
import { throttle } from '../throttle';
import type { PreparedRun } from './preparedRun';
import type { RunActivity } from './runActivity';
import type { CombinedProgress } from './runProgress';
import type { ModelOutcome } from './runReport';
import { hasBatchFile } from './runState';
import type { RunStore } from './runStore';
import type { RunsUnderWay } from './runsUnderWay';
import { WatchedClient } from './watchedClient';

/** Highlights and trees follow the answers at this pace. */
const FOLLOW_MS = 250;
/** Measuring a whole study again takes a moment, in which nothing is asked and no cancel is heard. */
const MEASURING_SHARE = 0.1;

export interface ModelRunParts {
  readonly store: RunStore;
  /** Told which items are being asked about. */
  readonly activity?: RunActivity;
  readonly underWay: RunsUnderWay;
  readonly log: Log;
}

/** Asks what the run lacks; never throws for what the model does. */
export type AskModel = (work: {
  readonly client: WatchedClient;
  readonly opened: Awaited<ReturnType<PreparedRun['open']>>;
  readonly onEvent: (event: RunEvent) => void;
}) => Promise<RunOutcome>;

/** @throws {JournalError | RunFileError} where the run file cannot be written or read. */
export async function carryOutModelRun(
  prepared: PreparedRun,
  progress: CombinedProgress,
  ask: AskModel,
  parts: ModelRunParts,
): Promise<ModelOutcome> {
  const { store, activity, underWay, log } = parts;
  const { header, root, leftAlone } = prepared;
  const client = new WatchedClient(prepared.asked.client);
  const model = nameSubject(header);
  const opened = await prepared.open();
  const { path, journal } = opened;
  const observations = new CompactObservations();
  for (const observation of opened.observations) observations.add(observation);
  const run = store.begin(path, root, header, observations);
  const endUnderWay = underWay.begin(path);
  activity?.begin(root, header);
  for (const observation of opened.observations) activity?.observe(root, header, observation);
  let firstFailure: FailureObservation | undefined;
  let asked = 0;
  const follow = throttle(() => store.update(run, observations), FOLLOW_MS, MEASURING_SHARE);
  const count = throttle(() => progress.show(), FOLLOW_MS);
  const onEvent = (event: RunEvent) => {
    progress.update(header.id, event, leftAlone);
    if (event.type === 'notice') log.info(`${model}: ${event.message}`);
    if (event.type === 'waiting') log.warn(`${model}: ${event.reason}`);
    if (event.type !== 'observation') return;
    const { observation } = event;
    observations.add(observation);
    activity?.observe(root, header, observation);
    if (observation.type === 'failure') {
      firstFailure ??= observation;
      log.warn(`${model}: ${observation.failure.message}`);
    }
    if (observation.type === 'failure' || !observation.cached) asked++;
    follow.request();
    count.request();
  };
  // A file that says nothing but what was asked would only clutter the history; a batch will have more to say.
  const isWorthKeeping = () => observations.size > 0 || hasBatchFile(path);
  log.info(vscode.l10n.t('{0}: {1} requests settled, written to {2}', model, opened.settled.size, path));
  try {
    const outcome = await ask({ client, opened, onEvent });
    if (outcome.reason) log.error(`${model}: ${outcome.reason}`);
    store.update(run, observations);
    return {
      model,
      path: isWorthKeeping() ? path : undefined,
      outcome: { ...outcome, done: outcome.done - leftAlone },
      asked,
      summary: run.summary,
      errorCode: client.errorCode,
      firstFailure: firstFailure?.failure.message,
    };
  } finally {
    follow.dispose();
    count.dispose();
    await journal.close();
    store.end(run);
    await endUnderWay();
    activity?.finish(header);
    if (!isWorthKeeping()) await store.delete(run);
  }
}
