/**
 * A run's answers as typed arrays: one row an item, one slot a variant and repeat.
 * Every measure reads these, so that a whole study is measured in milliseconds.
 */
import type {
  ActedAnswer,
  ActObservation,
  ObservedRun,
  RunHeader,
  ScenarioSnapshot,
  StatedAnswer,
  Unusable,
} from '../runs/record';

/** Answer codes in a slot. 1–4 are Likert answers in Task 1; 1 agree and 2 disagree in Task 2. */
export const UNASKED = 0;
export const AGREE = 1;
export const DISAGREE = 2;
export const REFUSED = 5;
export const UNPARSED = 6;
export const MISSING = 7;

export const VARIANTS = 8;

export interface TableScenario {
  readonly key: string;
  readonly file: string;
  readonly country: string;
  readonly topic: string;
  /** Rows `firstRow` … `endRow − 1` are the scenario's items, in file order. */
  readonly firstRow: number;
  readonly endRow: number;
}

export interface RunTable {
  readonly scenarios: readonly TableScenario[];
  /** The value of each row. */
  readonly values: readonly string[];
  /** 1 where an action was missing, so that Task 2 could not ask. */
  readonly incomplete: Uint8Array;
  /** Slots of a row: `repeats × 8`, slot = repeat × 8 + variant. */
  readonly slots: number;
  /** rows × slots answer codes. */
  readonly state: Uint8Array;
  readonly act: Uint8Array;
  readonly repeats: number;
  /** Observations about a scenario or value that the run's own text does not have: counted, never guessed. */
  readonly foreign: number;
}

const unusableCodes: Record<Unusable, number> = { refused: REFUSED, unparsed: UNPARSED, missing: MISSING };

function encodeStated(answer: StatedAnswer): number {
  return typeof answer === 'number' ? answer : unusableCodes[answer];
}

function encodeActed(answer: ActedAnswer): number {
  if (answer === 'agree') return AGREE;
  if (answer === 'disagree') return DISAGREE;
  return unusableCodes[answer];
}

const unusable: Readonly<Record<number, Unusable>> = {
  [REFUSED]: 'refused',
  [UNPARSED]: 'unparsed',
  [MISSING]: 'missing',
};

/** @param code Of a slot of Task 1 that was asked. */
export function decodeStated(code: number): StatedAnswer {
  return unusable[code] ?? (code as StatedAnswer);
}

/** @param code Of a slot of Task 2 that was asked. */
export function decodeActed(code: number): ActedAnswer {
  return unusable[code] ?? (code === AGREE ? 'agree' : 'disagree');
}

/** Told of each answer of Task 2 and of its place in `act`. */
export type ActVisitor = (cell: number, observation: ActObservation) => void;

/** Lays a run out as a table. A request answered twice counts once, with its last answer. */
export function tabulate(run: ObservedRun, visitAct?: ActVisitor): RunTable {
  const { header } = run;
  const scenarios: TableScenario[] = [];
  const values: string[] = [];
  const incomplete: number[] = [];
  // Items that the run was not asked about in Task 2 are no part of its results.
  const rowsOf = new Map<string, ReadonlyMap<string, number>>();
  for (const snapshot of header.scenarios) {
    const rows = new Map<string, number>();
    const firstRow = values.length;
    for (const { value, act } of selectedItems(snapshot)) {
      rows.set(value, values.length);
      values.push(value);
      incomplete.push(act === 'incomplete' ? 1 : 0);
    }
    const { key, file, country, topic } = snapshot;
    scenarios.push({ key, file, country, topic, firstRow, endRow: values.length });
    rowsOf.set(key, rows);
  }
  const table = emptyTable(header, scenarios, values, Uint8Array.from(incomplete));
  return { ...table, foreign: fillTable(table, run, rowsOf, visitAct) };
}

function selectedItems(snapshot: ScenarioSnapshot) {
  return snapshot.items.filter((item) => item.act !== 'not-selected');
}

function unselectedValues(header: RunHeader): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    header.scenarios.map(({ key, items }) => [
      key,
      new Set(items.filter((item) => item.act === 'not-selected').map((item) => item.value)),
    ]),
  );
}

function emptyTable(header: RunHeader, scenarios: TableScenario[], values: string[], incomplete: Uint8Array): RunTable {
  const slots = header.repeats * VARIANTS;
  const cells = values.length * slots;
  return {
    scenarios,
    values,
    incomplete,
    slots,
    repeats: header.repeats,
    state: new Uint8Array(cells),
    act: new Uint8Array(cells),
    foreign: 0,
  };
}

/** Writes the answers into the table; returns how many belong to nothing in it. */
function fillTable(
  table: RunTable,
  run: ObservedRun,
  rowsOf: ReadonlyMap<string, ReadonlyMap<string, number>>,
  visitAct: ActVisitor | undefined,
): number {
  const { slots, state, act } = table;
  const unselected = unselectedValues(run.header);
  let foreign = 0;
  for (const observation of run.observations) {
    if (observation.type === 'failure') continue;
    const { scenario, variant, repeat } = observation;
    const rows = rowsOf.get(scenario);
    const slot = repeat * VARIANTS + variant;
    if (!rows || slot >= slots) {
      foreign++;
      continue;
    }
    const find = (value: string): number | undefined => {
      const row = rows.get(value);
      if (row !== undefined) return row * slots + slot;
      if (!unselected.get(scenario)?.has(value)) foreign++;
      return undefined;
    };
    if (observation.type === 'act') {
      const cell = find(observation.value);
      if (cell === undefined) continue;
      act[cell] = encodeActed(observation.answer);
      visitAct?.(cell, observation);
    } else {
      for (const [value, answer] of observation.answers) {
        const cell = find(value);
        if (cell !== undefined) state[cell] = encodeStated(answer);
      }
    }
  }
  return foreign;
}

/** Calls back for each group of scenarios (indexes into `table.scenarios`), in order of first appearance. */
export function groupScenarios(table: RunTable, by: 'country' | 'topic'): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  table.scenarios.forEach((scenario, index) => {
    const members = groups.get(scenario[by]);
    if (members) members.push(index);
    else groups.set(scenario[by], [index]);
  });
  return groups;
}
