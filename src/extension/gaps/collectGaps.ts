/** The gaps of all runs: for each model and item, what the newest run with a result about it found. */
import type { ItemResult } from '../../core/metrics/results';
import type { ScenarioSnapshot } from '../../core/runs/record';
import { findValue } from '../../core/values';
import { isFailed, isReached } from '../runs/itemSummary';
import type { Gap } from './gap';

/** A run file, as far as this list reads it. */
export interface FoundRun {
  readonly path: string;
  readonly model: string;
  readonly header: { readonly scenarios: readonly ScenarioSnapshot[] };
  /** In the order of the run; undefined until its observations were read. */
  readonly results: readonly ItemResult[] | undefined;
  /** False where `results` are older than the file. */
  readonly isRead: boolean;
  /** Undefined where the scenario's file leads out of the run's folder or is not named. */
  placeOf(key: string): { readonly file: string; readonly name: string } | undefined;
}

export interface CollectedGaps {
  /** Largest distance first; equal distances keep the order of the runs and of their files. */
  readonly gaps: readonly Gap[];
  /** Runs whose results would count, and that are to be read (again). */
  readonly unread: readonly FoundRun[];
  /** Items with a result, over all models. */
  readonly items: number;
}

/** @param runs newest first. */
export function collectGaps(runs: readonly FoundRun[]): CollectedGaps {
  const gaps: Gap[] = [];
  const unread: FoundRun[] = [];
  const takenByModel = new Map<string, Taken>();
  let items = 0;
  for (const run of runs) {
    const taken = takenByModel.get(run.model) ?? new Taken();
    takenByModel.set(run.model, taken);
    if (!run.results) {
      // An older run must not show through while this one is being read.
      if (claim(run, taken)) unread.push(run);
      continue;
    }
    if (!run.isRead) unread.push(run);
    const placeOf = rememberPlaces(run);
    for (const result of run.results) {
      if (!isReached(result)) continue;
      const place = placeOf(result.scenario);
      const values = taken.valuesAt(place);
      if (values.has(result.value)) continue;
      // A run that failed must not hide an earlier answer.
      if (isFailed(result)) continue;
      values.add(result.value);
      items++;
      const gap = toGap(run, result, place);
      if (gap) gaps.push(gap);
    }
  }
  return { gaps: gaps.sort((a, b) => b.distance - a.distance), unread, items };
}

interface Place {
  readonly file: string;
  readonly name: string;
}

/** What is known about a model's items, by where they stand. */
class Taken {
  private readonly byFile = new Map<string, Map<string, Set<string>>>();

  valuesAt({ file, name }: Place): Set<string> {
    const scenarios = this.byFile.get(file) ?? new Map<string, Set<string>>();
    this.byFile.set(file, scenarios);
    const values = scenarios.get(name) ?? new Set<string>();
    scenarios.set(name, values);
    return values;
  }
}

/** Takes every item the run was asked about; false where newer runs know them all. */
function claim(run: FoundRun, taken: Taken): boolean {
  let isNew = false;
  const placeOf = rememberPlaces(run);
  for (const { key, items } of run.header.scenarios) {
    const values = taken.valuesAt(placeOf(key));
    for (const { value, act } of items) {
      if (act === 'not-selected' || values.has(value)) continue;
      values.add(value);
      isNew = true;
    }
  }
  return isNew;
}

function rememberPlaces(run: FoundRun): (key: string) => Place {
  const known = new Map<string, Place>();
  return (key) => {
    const place = known.get(key) ?? run.placeOf(key) ?? { file: '', name: key };
    known.set(key, place);
    return place;
  };
}

function toGap(run: FoundRun, result: ItemResult, { file, name }: Place): Gap | undefined {
  const { value, status, direction, stated, acted, distance } = result;
  if (status !== 'gap' || !direction || stated === null || acted === null || distance === null) return undefined;
  const type = findValue(value)?.motivationalType;
  return { model: run.model, run: run.path, file, scenario: name, value, type, direction, stated, acted, distance };
}
