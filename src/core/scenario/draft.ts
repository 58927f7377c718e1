/** The text of a new scenario, with the places to fill in. */
import { stringify } from 'yaml';

export interface ScenarioDraft {
  readonly text: string;
  /** Where the first action is to be written (UTF-16 offset). */
  readonly firstAction: number;
}

/** Values without a definition of their own are those of the 56. */
export function draftScenario(country: string, topic: string, values: readonly string[]): ScenarioDraft {
  const head = stringify({ country, topic }, { lineWidth: 0 });
  const items = values.map((value) => {
    // Through the YAML writer, since a value may need quotes.
    const name = stringify(value, { lineWidth: 0 }).trimEnd();
    return `  - value: ${name}\n    agree:\n      action: \n    disagree:\n      action: \n`;
  });
  const text = `${head}items:\n${items.join('\n')}`;
  const place = text.indexOf('action: ');
  return { text, firstAction: place < 0 ? text.length : place + 'action: '.length };
}
