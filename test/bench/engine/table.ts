/** Figures with their bars, as one table at the end. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: '×' | 's' | 'MB' | '' | '%';
  /** At most, unless `atLeast` says otherwise; absent: for information. */
  readonly bar?: number;
  readonly atLeast?: boolean;
}

export class FigureTable {
  private readonly figures: Figure[] = [];

  /** Shown at once, and again in the table. */
  add(...figures: readonly Figure[]): void {
    for (const figure of figures) {
      this.figures.push(figure);
      console.log(`  ${formatFigure(figure)}`);
    }
  }

  /** Prints what misses its bar; returns whether all hold. */
  conclude(): boolean {
    const missed = this.figures.filter((figure) => !holds(figure));
    const barred = this.figures.filter(({ bar }) => bar !== undefined).length;
    console.log(`\n${barred - missed.length} of ${barred} bars hold.`);
    for (const figure of missed) console.log(`MISSED  ${formatFigure(figure)}`);
    return missed.length === 0;
  }
}

function holds({ value, bar, atLeast }: Figure): boolean {
  if (bar === undefined) return true;
  return atLeast ? value >= bar : value <= bar;
}

function formatFigure(figure: Figure): string {
  const { what, value, unit, bar, atLeast } = figure;
  const digits = unit === 's' || unit === '×' ? 2 : unit === '%' ? 1 : 0;
  const shown = `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
  const wanted = bar === undefined ? '' : `bar ${atLeast ? '≥' : '≤'} ${bar}${holds(figure) ? '' : '  ← missed'}`;
  return `${what.padEnd(66)} ${shown.padStart(11)}  ${wanted}`.trimEnd();
}
