/** Values by motivational type, in the order of the theory; a user's own values stand last. */
import { findValue, MOTIVATIONAL_TYPES } from '../../src/core/values';

export interface TypeGroup {
  readonly type: string;
  /** With the index each value has in the list that was given; in the order of that list. */
  readonly values: readonly { readonly value: string; readonly at: number }[];
}

const OTHER = 'Other values';

/** Types without a value are left out. */
export function groupByType(values: readonly string[]): readonly TypeGroup[] {
  const groups = new Map<string, { value: string; at: number }[]>(
    [...MOTIVATIONAL_TYPES, OTHER].map((type) => [type, []]),
  );
  values.forEach((value, at) => {
    groups.get(findValue(value)?.motivationalType ?? OTHER)?.push({ value, at });
  });
  return [...groups].filter(([, own]) => own.length > 0).map(([type, own]) => ({ type, values: own }));
}
