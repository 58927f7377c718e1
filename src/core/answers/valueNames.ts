/**
 * Finds which value a model means by a key: "self_respect" and "1. Self-Respect" are "Self-Respect". Another wording
 * ("Spiritual Life" for "A Spiritual Life") is not: the published figures leave it out, and so do we.
 */

export interface NamedValue {
  /** Position in the scenario's list. */
  readonly index: number;
  /** The key is the name to the letter. */
  readonly exact: boolean;
}

export class ValueNames {
  private readonly exact: ReadonlyMap<string, number>;
  /** Names without case, spacing and punctuation; null where two values share one. Built when first needed. */
  private loose?: Map<string, number | null>;

  constructor(private readonly names: readonly string[]) {
    this.exact = new Map(names.map((name, index) => [name, index]));
  }

  find(key: string): NamedValue | undefined {
    const exact = this.exact.get(key);
    if (exact !== undefined) return { index: exact, exact: true };
    const loose = this.looseNames();
    for (const form of candidates(key)) {
      const index = loose.get(form);
      if (index !== undefined && index !== null) return { index, exact: false };
    }
    return undefined;
  }

  private looseNames(): Map<string, number | null> {
    if (this.loose) return this.loose;
    const loose = new Map<string, number | null>();
    this.names.forEach((name, index) => {
      const form = squeeze(name);
      if (form !== '') loose.set(form, loose.has(form) ? null : index);
    });
    this.loose = loose;
    return loose;
  }
}

/** No name is longer than this, whatever a model puts in front of a colon (UTF-16 units). */
const KEY_LIMIT = 300;

function* candidates(key: string): Generator<string> {
  if (key.length > KEY_LIMIT) return;
  const unnumbered = key.replace(/^\s*(?:[-*•]\s*)?\(?\d{1,3}[.):]\s*/, '');
  // A gloss may follow the name: "Wealth: material possessions", "Wealth (money)". One with digits is an answer.
  const unglossed = unnumbered.replace(/\s*[:(]\D*$/, '');
  for (const form of new Set([key, unnumbered, unglossed])) yield squeeze(form);
}

function squeeze(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
