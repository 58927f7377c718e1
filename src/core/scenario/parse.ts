/** Reads a scenario file, YAML or JSON: all usable scenarios, and everything wrong with the text. */
import { buildScenario } from './build';
import { readDocuments, type SourceDocument } from './documents';
import type { Problem, Scenario, ScenarioFile, TextRange } from './model';
import { checkPlaceholders } from './placeholders';
import { checkShape } from './shape';
import { touches } from './syntaxErrors';
import { shorten } from './tree';

/** Ranges count UTF-16 units of `text` as it is, byte order mark and CRLF included. Never throws. */
export function parseScenarioFile(text: string): ScenarioFile {
  const problems: Problem[] = [];
  const documents = readDocuments(text, problems);
  if (documents.length === 0 && problems.length === 0) return { scenarios: [], problems: [emptyFile()] };

  const scenarios = new Map<string, Scenario>();
  for (const document of documents) {
    const { scenario, problems: found } = readScenario(text, document);
    problems.push(...found);
    if (!scenario) continue;
    const first = scenarios.get(scenario.name);
    if (first) problems.push(duplicateName(scenario));
    else scenarios.set(scenario.name, scenario);
  }
  return { scenarios: [...scenarios.values()], problems };
}

function readScenario(text: string, { root, range, broken }: SourceDocument) {
  const problems = checkShape(root);
  const prompts = root.members.get('prompts')?.node;
  if (prompts) problems.push(...checkPlaceholders(text, prompts));
  // What follows from broken text is no news; only a missing key is, since the whole scenario may depend on it.
  const isBroken = (at: TextRange) => broken.some((place) => touches(wholeLines(text, at), place));
  const built = buildScenario(root, range, isBroken);
  problems.push(...built.problems);
  const news = problems.filter(({ code, range: at }) => code === 'missing-key' || !isBroken(at));
  return { scenario: built.scenario, problems: news };
}

function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const newline = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: newline < 0 ? text.length : newline };
}

function duplicateName({ name, nameRange }: Scenario): Problem {
  const message = `Another scenario of this file is already named "${shorten(name)}". Give this one a "name: …" of its own; until then it is left out.`;
  return { code: 'duplicate-name', severity: 'error', message, range: nameRange };
}

function emptyFile(): Problem {
  const message =
    'This file holds no scenario yet. Start with "country: …" and "topic: …", then "items:" and below it "- value: …" with an "agree:" and a "disagree:" action.';
  return { code: 'empty-scenario', severity: 'warning', message, range: { start: 0, end: 0 } };
}
