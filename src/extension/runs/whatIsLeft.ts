/** What a run on disk still has to ask, without taking it up. */
import { listRequests, requestId, requestOf } from '../../core/runs/plan';
import type { RunHeader } from '../../core/runs/record';
import { visitRun } from '../../engine/runFiles';

/** `missing`: whatever has no answer, failures included. `failed`: the failures alone. */
export type Wanted = 'missing' | 'failed';

export interface WhatIsLeft {
  readonly header: RunHeader;
  /** Ids (see `requestId`) of the requests that are not asked now. */
  readonly settled: ReadonlySet<string>;
  /** Of those, how many have no answer: where failures alone are asked again, the rest stays for another time. */
  readonly leftAlone: number;
  /** Requests that are asked. */
  readonly toAsk: number;
}

/** @throws {RunFileError} where the file is gone or no run. */
export function findWhatIsLeft(path: string, wanted: Wanted): WhatIsLeft {
  const answered = new Set<string>();
  const failed = new Set<string>();
  const header = visitRun(path, {
    observation: (observation) => {
      (observation.type === 'failure' ? failed : answered).add(requestId(requestOf(observation)));
    },
  });
  const settled = new Set<string>();
  let leftAlone = 0;
  let toAsk = 0;
  for (const key of listRequests(header)) {
    const id = requestId(key);
    const isAnswered = answered.has(id);
    if (!isAnswered && (wanted === 'missing' || failed.has(id))) {
      toAsk++;
      continue;
    }
    settled.add(id);
    if (!isAnswered) leftAlone++;
  }
  return { header, settled, leftAlone, toAsk };
}
