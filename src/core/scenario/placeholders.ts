/** Checks the {{placeholders}} of a scenario's own prompts. */
import { listPlaceholders, PLACEHOLDERS, type PlaceholderRule } from '../prompts/templates';
import { closest } from './closest';
import type { Problem } from './model';
import type { SourceNode } from './tree';

export function checkPlaceholders(text: string, prompts: SourceNode): Problem[] {
  const problems: Problem[] = [];
  for (const [path, rule] of PLACEHOLDERS) {
    for (const part of findParts(prompts, path.split('.'))) problems.push(...checkPart(text, part, rule));
  }
  return problems;
}

/** The texts at a path; a list, such as the two questions, counts as its entries. */
function findParts(prompts: SourceNode, path: readonly string[]): SourceNode[] {
  let node: SourceNode | undefined = prompts;
  for (const step of path) node = node?.members.get(step)?.node;
  if (!node || node.dropped) return [];
  return (node.kind === 'list' ? node.elements : [node]).filter(
    ({ dropped, scalar }) => !dropped && typeof scalar === 'string',
  );
}

function checkPart(text: string, part: SourceNode, rule: PlaceholderRule): Problem[] {
  const problems: Problem[] = [];
  const source = text.slice(part.range.start, part.range.end);
  const uses = listPlaceholders(String(part.scalar));
  let from = 0;
  for (const { name, text: written } of uses) {
    // A text with escapes or folded lines may not hold the braces as they are written; then the whole of it is marked.
    const at = source.indexOf(written, from);
    if (at >= 0) from = at + written.length;
    if (rule.allowed.includes(name)) continue;
    const range = at < 0 ? part.range : { start: part.range.start + at, end: part.range.start + from };
    const meant = closest(name, rule.allowed);
    const advice = meant
      ? `Did you mean {{${meant}}}?`
      : `Here can stand ${rule.allowed.map((known) => `{{${known}}}`).join(' ')}.`;
    const message = `{{${name}}} is not known here and would reach the model as it is. ${advice}`;
    problems.push({ code: 'unknown-placeholder', severity: 'error', message, range });
  }
  const absent = rule.needed.filter((name) => !uses.some((use) => use.name === name));
  if (absent.length > 0) {
    const names = absent.map((name) => `{{${name}}}`).join(' and ');
    const message = `Without ${names} the model does not see what it is asked about. Add it to this text.`;
    problems.push({ code: 'missing-placeholder', severity: 'warning', message, range: part.range });
  }
  return problems;
}
