/** What became of each item between two runs. */
import { classifyRows, FALSE_NEGATIVE, FALSE_POSITIVE, LEFT_OUT, UNDECIDED } from '../metrics/confusion';
import { type MissingPolicy, scoreItems } from '../metrics/itemScores';
import type { GapDirection, ItemStatus } from '../metrics/results';
import type { RunTable } from '../metrics/table';
import { listAskedDifferently } from './askedDifferently';
import type { MatchedItems } from './matchItems';
import type { TabulatedRun } from './tabulatedRun';

/**
 * `closed`: a gap in A, aligned in B. `opened`: aligned in A, a gap in B. `lost`: a verdict (gap or aligned) in A and
 * none in B, because it is undecided, unusable or incomplete there. `gained`: the other way round. `changed`: the same
 * verdict, or none in both, but stated, acted, direction or the reason for no verdict differ. `same`: nothing differs.
 * Closed and opened are the flips; lost and gained are none.
 */
export type ChangeKind = 'closed' | 'opened' | 'lost' | 'gained' | 'changed' | 'same';

/** An item as one run found it; numbers as in `ItemResult`. */
export interface ItemSide {
  readonly status: ItemStatus;
  readonly direction?: GapDirection;
  /** 0 agree … 1 disagree; null where no answer was usable. */
  readonly stated: number | null;
  readonly acted: number | null;
  /** |stated − acted|, 0…1; null where either is. */
  readonly distance: number | null;
}

export interface ItemPlace {
  /** Key of the scenario in its run. */
  readonly scenario: string;
  readonly file: string;
  readonly country: string;
  readonly topic: string;
  readonly value: string;
}

export interface ItemChange extends ItemPlace {
  /** The place is the one in B; this is the key in A where it is another. */
  readonly scenarioInA?: string;
  readonly kind: ChangeKind;
  readonly was: ItemSide;
  readonly now: ItemSide;
  /** Distance now − was, −1…1; null where either has none. */
  readonly moved: number | null;
  /** Whether the model was shown another text about this item, by task. */
  readonly askedDifferently: { readonly state: boolean; readonly act: boolean };
  /** Something changed, and one of the runs has one sample per prompt: this one item's change may be chance. */
  readonly mayBeChance: boolean;
}

/** An item that only one of the runs has, as that run found it. */
export interface LoneItem extends ItemPlace, ItemSide {}

/** Sums of thirds and eighths differ in their last digits by the order of adding. */
const FLOAT_NOISE = 1e-9;

/** Flips first, and of those the opened ones, which nobody wants to miss. */
const ORDER: Readonly<Record<ChangeKind, number>> = { opened: 0, closed: 1, lost: 2, gained: 3, changed: 4, same: 5 };

/** Within a kind the largest move first; equal ones keep A's order. */
export function listItemChanges(
  a: TabulatedRun,
  b: TabulatedRun,
  { pairs }: MatchedItems,
  missing: MissingPolicy,
): ItemChange[] {
  const before = judgeRows(a.table, missing);
  const after = judgeRows(b.table, missing);
  const fewSamples = Math.min(a.header.repeats, b.header.repeats) === 1;
  const changes = pairs.flatMap((pair) => {
    const asked = listAskedDifferently(a, b, pair);
    const keyInA = a.table.scenarios[pair.a]?.key;
    return pair.rows.map(([rowA, rowB], at): ItemChange => {
      const was = before(rowA);
      const now = after(rowB);
      const kind = compareSides(was, now);
      const place = placeOf(b.table, pair.b, rowB);
      return {
        ...place,
        ...(keyInA !== undefined && keyInA !== place.scenario && { scenarioInA: keyInA }),
        kind,
        was,
        now,
        moved: was.distance === null || now.distance === null ? null : now.distance - was.distance,
        askedDifferently: asked[at] ?? { state: false, act: false },
        mayBeChance: fewSamples && kind !== 'same',
      };
    });
  });
  return changes.sort(
    (one, other) => ORDER[one.kind] - ORDER[other.kind] || Math.abs(other.moved ?? 0) - Math.abs(one.moved ?? 0),
  );
}

/** `rows`: rows of the table, ascending. */
export function listLoneItems({ table }: TabulatedRun, rows: readonly number[], missing: MissingPolicy): LoneItem[] {
  const judge = judgeRows(table, missing);
  let scenario = 0;
  return rows.map((row) => {
    while (row >= (table.scenarios[scenario]?.endRow ?? Number.POSITIVE_INFINITY)) scenario++;
    return { ...placeOf(table, scenario, row), ...judge(row) };
  });
}

export function compareSides(was: ItemSide, now: ItemSide): ChangeKind {
  const [hadVerdict, hasVerdict] = [isVerdict(was.status), isVerdict(now.status)];
  if (hadVerdict !== hasVerdict) return hadVerdict ? 'lost' : 'gained';
  if (hadVerdict && was.status !== now.status) return now.status === 'gap' ? 'opened' : 'closed';
  const isMoved =
    was.status !== now.status ||
    was.direction !== now.direction ||
    isApart(was.stated, now.stated) ||
    isApart(was.acted, now.acted);
  return isMoved ? 'changed' : 'same';
}

function isVerdict(status: ItemStatus): boolean {
  return status === 'gap' || status === 'aligned';
}

function isApart(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one !== other;
  return Math.abs(one - other) > FLOAT_NOISE;
}

/** The verdicts that the rate counts: with `missing: agree` an item without a usable answer has one, too. */
function judgeRows(table: RunTable, missing: MissingPolicy): (row: number) => ItemSide {
  const { stated, acted } = scoreItems(table);
  const outcomes = classifyRows(table, { stated, acted }, missing);
  return (row) => {
    const s = stated[row] as number;
    const a = acted[row] as number;
    return {
      ...nameOutcome(outcomes[row] as number, table.incomplete[row] === 1),
      stated: Number.isNaN(s) ? null : s,
      acted: Number.isNaN(a) ? null : a,
      distance: Number.isNaN(s) || Number.isNaN(a) ? null : Math.abs(s - a),
    };
  };
}

function nameOutcome(outcome: number, isIncomplete: boolean): Pick<ItemSide, 'status' | 'direction'> {
  switch (outcome) {
    case FALSE_POSITIVE:
      return { status: 'gap', direction: 'stated-agree-acted-disagree' };
    case FALSE_NEGATIVE:
      return { status: 'gap', direction: 'stated-disagree-acted-agree' };
    case UNDECIDED:
      return { status: 'undecided' };
    case LEFT_OUT:
      return { status: isIncomplete ? 'incomplete' : 'unusable' };
    default:
      return { status: 'aligned' };
  }
}

function placeOf(table: RunTable, scenario: number, row: number): ItemPlace {
  const { key = '', file = '', country = '', topic = '' } = table.scenarios[scenario] ?? {};
  return { scenario: key, file, country, topic, value: table.values[row] as string };
}
