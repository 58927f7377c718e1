/** Holds a document against the schema and says, at the exact place, what to change. */
import type * as z from 'zod';
import { closest } from './closest';
import type { Problem, ProblemCode, ProblemSeverity, TextRange } from './model';
import { itemSchema, LONGEST_LABEL, scenarioSchema } from './schema';
import { keysAt, kindAt, type SchemaPath } from './schemaPaths';
import { type SourceNode, shorten, toContent } from './tree';

/** Where an item stands in a document; which one does not matter. */
const ITEM_PATH: SchemaPath = ['items', 0];

/**
 * Reports what does not fit and drops it from the tree, so that what is left can be used.
 * Never throws.
 */
export function checkShape(root: SourceNode): Problem[] {
  return check(root, scenarioSchema, []);
}

/** The same for one item. */
export function checkItemShape(item: SourceNode): Problem[] {
  return check(item, itemSchema, ITEM_PATH);
}

function check(root: SourceNode, schema: z.ZodType, above: SchemaPath): Problem[] {
  const result = schema.safeParse(toContent(root));
  if (result.success) return [];
  const problems: Problem[] = [];
  const found = result.error.issues.map((issue) => {
    const below = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    return { issue, below, path: [...above, ...below], place: locate(root, below) };
  });
  for (const { issue, path, place } of found) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems.push(reportUnknownKey(place, path, key));
    } else if (issue.code === 'invalid_key') problems.push(reportLabel(place, String(path.at(-1))));
    else if (!place.node?.dropped) problems.push(reportMisfit(place, path));
  }
  for (const { issue, below, place } of found) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) drop(place.node?.members.get(key)?.node);
    } else
      drop(below.includes('question') ? locate(root, below.slice(0, below.indexOf('question') + 1)).node : place.node);
  }
  return problems;
}

interface Place {
  /** What stands at the path; undefined where nothing does. */
  readonly node?: SourceNode;
  /** Where the key stands, or the closest thing above. */
  readonly key: TextRange;
}

function locate(root: SourceNode, path: SchemaPath): Place {
  let node: SourceNode = root;
  let key = startOf(root);
  for (const step of path) {
    const member = node.members.get(String(step));
    const next = node.kind === 'map' ? member?.node : node.elements[Number(step)];
    if (!next) return { key };
    key = member?.key ?? startOf(next);
    node = next;
  }
  return { node, key };
}

/** The first key of a map, the whole of anything else: what to underline for something that is not there. */
function startOf(node: SourceNode): TextRange {
  const [first] = node.members.values();
  return first?.key ?? node.range;
}

function drop(node: SourceNode | undefined): void {
  if (node) node.dropped = true;
}

function reportUnknownKey(place: Place, path: SchemaPath, key: string): Problem {
  const allowed = keysAt(path).map(({ name }) => name);
  const meant = closest(key, allowed);
  const advice = meant ? `Did you mean "${meant}"?` : `Remove it; here can stand ${allowed.join(', ')}.`;
  const range = place.node?.members.get(key)?.key ?? place.key;
  return problem('unknown-key', 'error', range, `Unknown key "${shorten(key)}". ${advice}`);
}

function reportLabel({ key }: Place, label: string): Problem {
  const advice = `Choose one of at most ${LONGEST_LABEL} characters, without a slash.`;
  return problem('wrong-type', 'error', key, `"${shorten(label)}" cannot be the label of a system prompt. ${advice}`);
}

function reportMisfit({ node, key }: Place, path: SchemaPath): Problem {
  const name = String(path.at(-1) ?? 'scenario');
  const blank = node?.kind === 'scalar' && (node.scalar === null || node.scalar === '' || isWhite(node.scalar));
  if (!node) return reportAbsent(name, key);
  if (blank) return reportBlank(name, path, node.range.start < node.range.end ? node.range : key);
  return problem('wrong-type', 'error', node.range, describeMisfit(node, name, path));
}

function reportAbsent(name: string, range: TextRange): Problem {
  if (name === 'action') return missingAction(range);
  const advice: Record<string, string> = {
    country: 'This scenario has no country. Add "country: …" to it; until then it is left out.',
    topic: 'This scenario has no topic. Add "topic: …" to it; until then it is left out.',
    items: 'This scenario has no items. Add "items:" and below it "- value: …" for each value to ask about.',
    value: 'This item names no value. Add "value: …" with one of the 56 values, or your own with a definition.',
  };
  return problem('missing-key', 'error', range, advice[name] ?? `"${name}" is missing. Add it here.`);
}

function reportBlank(name: string, path: SchemaPath, range: TextRange): Problem {
  if (name === 'items') {
    return problem(
      'empty-scenario',
      'warning',
      range,
      'No items yet. Add "- value: …" below, one for each value to ask about.',
    );
  }
  if (name === 'action' || name === 'agree' || name === 'disagree') return missingAction(range);
  if (typeof path.at(-1) === 'number' && path.length === 2) {
    return problem(
      'missing-key',
      'error',
      range,
      'This item is empty. Write "value: …" behind the dash, or remove it.',
    );
  }
  const optional = !['country', 'topic', 'value'].includes(name);
  const advice = optional ? 'Write a text, or remove it.' : 'Write a text.';
  const what = typeof path.at(-1) === 'number' ? 'This entry' : `"${name}"`;
  return problem(optional ? 'wrong-type' : 'missing-key', 'error', range, `${what} is empty. ${advice}`);
}

function missingAction(range: TextRange): Problem {
  return problem(
    'missing-action',
    'warning',
    range,
    'Here is no action. Write "action: …", one first-person sentence; until then Task 2 leaves this item out.',
  );
}

function describeMisfit(node: SourceNode, name: string, path: SchemaPath): string {
  const what = typeof path.at(-1) === 'number' ? 'This entry' : `"${name}"`;
  if (path.length === 0)
    return 'A scenario consists of keys: write "country: …", "topic: …" and "items:" on lines of their own.';
  if (name === 'items') return '"items" is a list. Start each item on a line of its own with "- value: …".';
  if (path.length === 2 && path[0] === 'items') return 'An item consists of keys. Write "value: …" behind the dash.';
  if (name === 'question') return '"question" is a list of two texts, the two wordings of the question. Give both.';
  if (name === 'attributions') return '"attributions" is a list of texts. Write it as [first span, second span].';
  if (name === 'systems' && path.length === 1)
    return '"systems" consists of labels, each with a system prompt. Write "label: You are …" below, one on each line.';
  const expected = kindAt(path) === 'text';
  if (expected && node.kind !== 'scalar') return `${what} has to be one text. Put the text in quotes on this line.`;
  if (expected) return `${what} has to be text. Put it in quotes to have it read as text.`;
  return `${what} consists of keys: ${keysAt(path)
    .map(({ name }) => name)
    .join(', ')}. Write them below, indented.`;
}

function isWhite(scalar: unknown): boolean {
  return typeof scalar === 'string' && scalar.trim() === '';
}

function problem(code: ProblemCode, severity: ProblemSeverity, range: TextRange, message: string): Problem {
  return { code, severity, range, message };
}
