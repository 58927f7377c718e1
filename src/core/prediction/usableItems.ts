/** The items of a target's run that an observer can be tested on: what the target stated and chose, and how it is shown. */
import { BINARISATION, isUndecided, scoreItems, statesDisagree } from '../metrics/itemScores';
import { tabulate } from '../metrics/table';
import type { ObservedRun } from '../runs/record';
import type { Polarity } from '../scenario/model';
import { findValue } from '../values';
import type { ActionTexts } from './actionTexts';
import type { Drawn, LabelledItem, ShownAction } from './record';

/** An item whose stated and acted answers are both known. */
export interface UsableItem extends Omit<LabelledItem, 'action' | 'truth'> {
  /** Binarised; a tie is disagree, as in every other measure. */
  readonly stated: Polarity;
  /** Each action as the scenario file has it, where its text is known; that of the chosen one always is. */
  readonly actions: Readonly<Partial<Record<Polarity, ShownAction>>>;
  /** The target's own reasons for its choice, where it was asked for them. */
  readonly ownReasons?: string;
}

export interface UsableItems {
  readonly items: readonly UsableItem[];
  readonly leftOut: Drawn['leftOut'];
}

/** Of the items that the run was for; the others are not counted. */
export function listUsableItems(run: ObservedRun, texts: ActionTexts): UsableItems {
  const table = tabulate(run);
  const { stated, acted } = scoreItems(table);
  const reasons = collectReasons(run);
  const snapshots = new Map(run.header.scenarios.map((scenario) => [scenario.key, scenario]));
  const items: UsableItem[] = [];
  const leftOut = { stated: 0, acted: 0, undecided: 0, incomplete: 0, noText: 0 };
  for (const { key, firstRow, endRow } of table.scenarios) {
    const snapshot = snapshots.get(key);
    const byValue = new Map(snapshot?.items.map((item) => [item.value, item]));
    for (let row = firstRow; row < endRow; row++) {
      const item = byValue.get(table.values[row] as string);
      const likert = stated[row] as number;
      const share = acted[row] as number;
      if (!snapshot || !item) continue;
      if (table.incomplete[row] === 1) leftOut.incomplete++;
      else if (Number.isNaN(likert)) leftOut.stated++;
      else if (Number.isNaN(share)) leftOut.acted++;
      else if (isUndecided(share)) leftOut.undecided++;
      else {
        const chosen: Polarity = share > BINARISATION ? 'disagree' : 'agree';
        const { name, file, country, topic } = snapshot;
        const actions = {
          agree: texts.find(snapshot, item, 'agree'),
          disagree: texts.find(snapshot, item, 'disagree'),
        };
        if (!actions[chosen]) {
          leftOut.noText++;
          continue;
        }
        const ownReasons = reasons.get(JSON.stringify([key, item.value, chosen]));
        items.push({
          ...{ scenario: name, file, country, topic, value: item.value },
          definition: item.definition ?? findValue(item.value)?.definition ?? '',
          ...(item.actHash !== undefined && { actHash: item.actHash }),
          acted: chosen,
          stated: statesDisagree(likert) ? 'disagree' : 'agree',
          actions,
          ...(ownReasons !== undefined && { ownReasons }),
        });
      }
    }
  }
  return { items, leftOut };
}

/** The target's own words about its choice: of the first variant that was asked for them and chose that action. */
function collectReasons({ observations }: ObservedRun): ReadonlyMap<string, string> {
  const first = new Map<string, { readonly place: number; readonly explanation: string }>();
  for (const observation of observations) {
    if (observation.type !== 'act' || !observation.explanation) continue;
    const { scenario, value, answer, repeat, variant, explanation } = observation;
    const key = JSON.stringify([scenario, value, answer]);
    const place = repeat * 8 + variant;
    const known = first.get(key);
    if (!known || place < known.place) first.set(key, { place, explanation });
  }
  return new Map([...first].map(([key, { explanation }]) => [key, explanation]));
}
