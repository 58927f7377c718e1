/** Reads a scenario file, YAML or JSON: all usable scenarios, and everything wrong with the text. */
import type { ScenarioFile } from './model';
import { ScenarioText } from './scenarioText';

/** Ranges count UTF-16 units of `text` as it is, byte order mark and CRLF included. Never throws. */
export function parseScenarioFile(text: string): ScenarioFile {
  const { scenarios, problems } = new ScenarioText(text);
  return { scenarios, problems };
}
