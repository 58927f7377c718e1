/** What is wrong with a scenario file, in the order in which it should be seen to. */
import type { Problem, ProblemSeverity } from '../core/scenario/model';
import { parseScenarioFile } from '../core/scenario/parse';

const RANK: Readonly<Record<ProblemSeverity, number>> = { error: 0, warning: 1, hint: 2 };

/** Errors first, each severity from top to bottom. Never throws. */
export function computeDiagnostics(text: string): Problem[] {
  return [...parseScenarioFile(text).problems].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || a.range.start - b.range.start,
  );
}
