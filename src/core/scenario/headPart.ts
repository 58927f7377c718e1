/** What a document says but for its items, and what is wrong with that. */
import { buildHead, type ScenarioHead } from './build';
import type { Problem, TextRange } from './model';
import { checkNames } from './nameChecks';
import { checkPlaceholders } from './placeholders';
import { checkShape } from './shape';
import { isBroken, type SourcePart } from './sourcePart';
import type { SourceNode } from './tree';

/** Positions count in the text that was read. */
export interface HeadPart {
  /** Undefined without a country and a topic. */
  readonly head?: ScenarioHead;
  readonly problems: readonly Problem[];
}

/**
 * Never throws.
 *
 * @param root the document with an empty list for its items
 * @param text that the root was read from
 */
export function checkHead(root: SourceNode, text: string, part: SourcePart): HeadPart {
  const problems = checkShape(root);
  const prompts = root.members.get('prompts')?.node;
  if (prompts) problems.push(...checkPlaceholders(text, prompts));
  const head = buildHead(root);
  if (head) problems.push(...checkNames(root));
  // What follows from broken text is no news; only a missing key is, since the whole scenario may depend on it.
  const isNews = ({ code, range }: Problem) => code === 'missing-key' || !isBroken(text, part, range);
  return { ...(head && { head }), problems: [...part.problems, ...problems.filter(isNews)] };
}

/** Takes the items out of a tree, so that each can be looked at by itself. */
export function withoutItems(root: SourceNode, key?: TextRange): SourceNode {
  const found = root.members.get('items');
  if (root.kind !== 'map' || (found?.node.kind !== 'list' && !key)) return root;
  const range = found?.node.kind === 'list' ? found.node.range : (key ?? root.range);
  const items: SourceNode = {
    kind: 'list',
    range,
    members: new Map(),
    elements: [],
    scalar: undefined,
    dropped: found?.node.kind === 'list' && found.node.dropped,
  };
  const members = new Map(root.members).set('items', { key: key ?? found?.key ?? range, node: items });
  return { ...root, members };
}
