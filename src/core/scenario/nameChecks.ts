/** Names a country or topic that the study does not know: no mistake, but most often a slip. */
import { COUNTRIES, TOPICS } from '../study';
import { closest } from './closest';
import type { Problem, ProblemCode } from './model';
import { type SourceNode, shorten } from './tree';

/** Hints only: people evaluate other cultures and topics too. */
export function checkNames(root: SourceNode): Problem[] {
  return [
    ...checkName(root.members.get('country')?.node, 'unknown-country', 'countries', COUNTRIES),
    ...checkName(root.members.get('topic')?.node, 'unknown-topic', 'topics', TOPICS),
  ];
}

function checkName(node: SourceNode | undefined, code: ProblemCode, kind: string, known: readonly string[]): Problem[] {
  if (typeof node?.scalar !== 'string' || node.dropped) return [];
  const written = node.scalar.trim().replace(/\s+/g, ' ');
  if (known.includes(written)) return [];
  const meant = closest(written, known);
  const advice =
    meant === undefined ? 'That is fine where you mean to evaluate another one.' : `Did you mean "${meant}"?`;
  const message = `"${shorten(written)}" is none of the study's ${known.length} ${kind}. ${advice}`;
  const fix = meant === undefined ? {} : { fix: { kind: 'replace' as const, text: meant } };
  return [{ code, severity: 'hint', message, range: node.range, ...fix }];
}
