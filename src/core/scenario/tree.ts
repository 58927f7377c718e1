/** What a document holds, every part with its place: the bridge from YAML nodes to our own checks. */
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Problem, TextRange } from './model';

export interface SourceNode {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Trimmed of white space and of what follows. */
  readonly range: TextRange;
  readonly members: Map<string, SourceMember>;
  readonly elements: SourceNode[];
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

/** Reads the nodes of one document; anchors stay known from one `read` to the next. Never throws. */
export class TreeReader {
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private repeated = 0;

  constructor(
    private readonly text: string,
    private readonly problems: Problem[],
  ) {}

  /** @param shift what to add to the node's own positions to get those of the text */
  read(node: Node, shift: number): SourceNode {
    return this.readNode(node, shift, 0);
  }

  private readNode(node: Node, shift: number, depth: number, place?: TextRange): SourceNode {
    const range = place ?? trimRange(this.text, rangeOf(node, shift));
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
    if (isAlias(node)) return this.readAlias(node.source, range, shift, depth);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.readMap(node, range, shift, depth, place);
    if (isSeq(node)) return this.readList(node, range, shift, depth, place);
    return leaf(range, isScalar(node) ? node.value : null);
  }

  private readAlias(name: string, range: TextRange, shift: number, depth: number): SourceNode {
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
    return this.readNode(target, shift, depth + 1, range);
  }

  private readMap(
    node: Node & { items: readonly { key: unknown; value: unknown }[] },
    range: TextRange,
    shift: number,
    depth: number,
    place?: TextRange,
  ): SourceNode {
    const members = new Map<string, SourceMember>();
    this.open.add(node);
    for (const { key, value } of node.items) {
      const keyNode = key as Node | null;
      const keyRange = place ?? (keyNode ? trimRange(this.text, rangeOf(keyNode, shift)) : range);
      const name = isScalar(keyNode) ? String(keyNode.value ?? '') : this.text.slice(keyRange.start, keyRange.end);
      if (members.has(name)) {
        this.report(
          keyRange,
          `"${shorten(name)}" stands twice here, and only the first one counts. Remove one of them.`,
        );
        continue;
      }
      const child = value
        ? this.readNode(value as Node, shift, depth + 1, place)
        : leaf({ start: keyRange.end, end: keyRange.end }, null);
      members.set(name, { key: keyRange, node: child });
    }
    this.open.delete(node);
    return { ...leaf(range, undefined), kind: 'map', members };
  }

  private readList(
    node: Node & { items: readonly unknown[] },
    range: TextRange,
    shift: number,
    depth: number,
    place?: TextRange,
  ): SourceNode {
    this.open.add(node);
    const elements = node.items.map((item) =>
      item ? this.readNode(item as Node, shift, depth + 1, place) : leaf(range, null),
    );
    this.open.delete(node);
    return { ...leaf(range, undefined), kind: 'list', elements };
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
  return { kind: 'scalar', range, members: new Map(), elements: [], scalar, dropped: false };
}

export function list(range: TextRange, elements: SourceNode[]): SourceNode {
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

function rangeOf(node: Node, shift: number): TextRange {
  const [start, end] = node.range ?? [0, 0];
  return { start: start + shift, end: Math.max(start, end) + shift };
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
