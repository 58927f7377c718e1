/** What a document holds, every part with its place: the bridge from YAML nodes to our own checks. */
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Problem, TextRange } from './model';

export interface SourceNode {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Trimmed of white space and of what follows. */
  readonly range: TextRange;
  readonly members: ReadonlyMap<string, SourceMember>;
  readonly elements: readonly SourceNode[];
  readonly scalar: unknown;
  /** Broken or of the wrong kind: reported already, and left out of what is read. */
  dropped: boolean;
}

export interface SourceMember {
  readonly key: TextRange;
  readonly node: SourceNode;
}

/** Deeper than any scenario needs, shallow enough for the call stack. */
const DEPTH_LIMIT = 50;
/** Parts that aliases may repeat, in all of a document: enough to share an action, too few for a bomb. */
const ALIAS_LIMIT = 10_000;

const NO_MEMBERS: ReadonlyMap<string, SourceMember> = new Map();
const NO_ELEMENTS: readonly SourceNode[] = [];

/** Reads the nodes of one document, part by part; anchors stay known from one `read` to the next. Never throws. */
export class TreeReader {
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private repeated = 0;
  private text = '';
  private problems: Problem[] = [];
  private metName = false;

  /** @param text that the node was parsed from; ranges count in it */
  read(node: Node, text: string, problems: Problem[]): SourceNode {
    this.text = text;
    this.problems = problems;
    return this.readNode(node, 0);
  }

  /** Whether what was read names something for other parts, or repeats something that is named. */
  get linked(): boolean {
    return this.metName;
  }

  private readNode(node: Node, depth: number, place?: TextRange): SourceNode {
    const range = place ?? trimRange(this.text, rangeOf(node));
    if (place && ++this.repeated > ALIAS_LIMIT) {
      return this.drop(
        range,
        'Aliases repeat too much of this document. Write the parts out instead of using "*name".',
      );
    }
    if (depth > DEPTH_LIMIT) {
      return this.drop(
        range,
        `This is nested more than ${DEPTH_LIMIT} levels deep. Remove the surplus brackets or indentation.`,
      );
    }
    if (isAlias(node)) return this.readAlias(node.source, range, depth);
    if ('anchor' in node && typeof node.anchor === 'string') {
      this.metName = true;
      this.anchors.set(node.anchor, node);
    }
    if (isMap(node)) return this.readMap(node, range, depth, place);
    if (isSeq(node)) return this.readList(node, range, depth, place);
    return leaf(range, isScalar(node) ? node.value : null);
  }

  private readAlias(name: string, range: TextRange, depth: number): SourceNode {
    this.metName = true;
    const target = this.anchors.get(name);
    if (!target) {
      return this.drop(
        range,
        `Nothing above is named "&${name}". Define it first, or put text that starts with * in quotes.`,
      );
    }
    if (this.open.has(target)) {
      return this.drop(range, `"*${name}" stands inside of what it repeats. Write the part out instead.`);
    }
    return this.readNode(target, depth + 1, range);
  }

  private readMap(
    node: Node & { items: readonly { key: unknown; value: unknown }[] },
    range: TextRange,
    depth: number,
    place?: TextRange,
  ): SourceNode {
    const members = new Map<string, SourceMember>();
    this.open.add(node);
    for (const { key, value } of node.items) {
      const keyNode = key as Node | null;
      const keyRange = place ?? (keyNode ? trimRange(this.text, rangeOf(keyNode)) : range);
      const name = isScalar(keyNode) ? String(keyNode.value ?? '') : this.text.slice(keyRange.start, keyRange.end);
      if (members.has(name)) {
        this.report(
          keyRange,
          `"${shorten(name)}" stands twice here, and only the first one counts. Remove one of them.`,
        );
        continue;
      }
      const child = value
        ? this.readNode(value as Node, depth + 1, place)
        : leaf({ start: keyRange.end, end: keyRange.end }, null);
      members.set(name, { key: keyRange, node: child });
    }
    this.open.delete(node);
    return { ...leaf(spanOf(node, range, lastOf(members), place), undefined), kind: 'map', members };
  }

  private readList(
    node: Node & { items: readonly unknown[] },
    range: TextRange,
    depth: number,
    place?: TextRange,
  ): SourceNode {
    this.open.add(node);
    const elements = node.items.map((item) =>
      item ? this.readNode(item as Node, depth + 1, place) : leaf(range, null),
    );
    this.open.delete(node);
    return { ...leaf(spanOf(node, range, elements.at(-1)?.range.end, place), undefined), kind: 'list', elements };
  }

  private drop(range: TextRange, message: string): SourceNode {
    this.report(range, message);
    return { ...leaf(range, undefined), dropped: true };
  }

  private report(range: TextRange, message: string): void {
    this.problems.push({ code: 'syntax', severity: 'error', message, range });
  }
}

export function leaf(range: TextRange, scalar: unknown): SourceNode {
  return { kind: 'scalar', range, members: NO_MEMBERS, elements: NO_ELEMENTS, scalar, dropped: false };
}

export function list(range: TextRange, elements: readonly SourceNode[]): SourceNode {
  return { ...leaf(range, undefined), kind: 'list', elements };
}

/**
 * The bare content, for the schema. Objects have no prototype, so a key named `__proto__` is a key as any other.
 * What was dropped is left out, or null in a list so that positions hold; a text of white space counts as empty.
 */
export function toContent(node: SourceNode): unknown {
  if (node.kind === 'list') return node.elements.map((element) => (isKept(element) ? toContent(element) : null));
  if (node.kind === 'scalar') {
    return typeof node.scalar === 'string' && node.scalar.trim() === '' ? '' : node.scalar;
  }
  const content: Record<string, unknown> = Object.create(null);
  for (const [key, member] of node.members) {
    if (isKept(member.node)) content[key] = toContent(member.node);
  }
  return content;
}

function isKept(node: SourceNode): boolean {
  return !node.dropped;
}

function rangeOf(node: Node): TextRange {
  const [start, end] = node.range ?? [0, 0];
  return { start, end: Math.max(start, end) };
}

/** In block style a map or list ends with the last thing in it; the parser counts comments behind that in. */
function spanOf(node: Node, range: TextRange, end: number | undefined, place?: TextRange): TextRange {
  const inBrackets = 'flow' in node && node.flow === true;
  return place || inBrackets || end === undefined ? range : { start: range.start, end: Math.max(range.start, end) };
}

function lastOf(members: ReadonlyMap<string, SourceMember>): number | undefined {
  let last: SourceMember | undefined;
  for (const member of members.values()) last = member;
  return last && Math.max(last.key.end, last.node.range.end);
}

export function trimRange(text: string, { start, end }: TextRange): TextRange {
  let last = Math.min(end, text.length);
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  return { start, end: last };
}

/** A text of the file as it can stand in a message. */
export function shorten(text: string, limit = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
