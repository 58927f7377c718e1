/** What a reader can choose in a chart: a switch among a few forms, or a list of groups or models. */
import type { Target } from './plot/target';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Heading that the option stands under in a list. */
  readonly under?: string;
  /** Choosing it leads elsewhere instead of changing the chart. */
  readonly target?: Target;
}

export interface Control {
  readonly id: string;
  readonly label: string;
  readonly form: 'switch' | 'list';
  readonly options: readonly Option[];
  readonly chosen: string;
}

/** The chosen option, or the first one where the choice is not offered. */
export function chooseOption(options: readonly Option[], chosen: string | undefined): string {
  return options.some(({ value }) => value === chosen) ? (chosen ?? '') : (options[0]?.value ?? '');
}
