/** The change that puts an action into its item, in the item's own layout. Positions count in the text of the part. */
import type { Polarity, TextRange } from '../scenario/model';
import type { SourceMember, SourceNode } from '../scenario/tree';
import { type Notation, writeFlowList, writeScalar } from '../scenario/writing';

/** What somebody decided to take into a file. */
export interface AcceptedAction {
  /** Name of the scenario in the file. */
  readonly scenario: string;
  readonly value: string;
  readonly polarity: Polarity;
  readonly action: string;
  readonly attributions: readonly string[];
  readonly explanation?: string;
}

export interface PartEdit extends TextRange {
  readonly text: string;
}

/** An action cannot be put where it belongs; the message says why and what to do. */
export class Misplaced extends Error {}

/** How the file around is written. */
export interface Layout {
  readonly eol: string;
  readonly isJson: boolean;
  /** Whether attributions stand in brackets in block style. */
  readonly listsInBrackets: boolean;
}

type Entry = readonly ['action' | 'explanation', string] | readonly ['attributions', readonly string[]];

/** @throws {Misplaced} */
export function editItem(text: string, item: SourceNode, accepted: AcceptedAction, layout: Layout): PartEdit {
  const { polarity } = accepted;
  const member = item.members.get(polarity);
  const entries = listEntries(accepted);
  const writer = new ActionWriter(text, layout);
  const inBrackets = text[item.range.start] === '{';
  if (!member)
    return inBrackets ? writer.addToFlow(item, polarity, entries) : writer.addToBlock(item, polarity, entries);
  const { node } = member;
  if (node.kind === 'map' && node.members.size > 0) {
    return text[node.range.start] === '{' ? writer.fillFlow(node, entries) : writer.fillBlock(member, entries);
  }
  if (node.kind === 'map') return writer.replaceEmpty(member, entries);
  if (!isBlank(node)) {
    throw new Misplaced(`Something else than an action stands behind "${polarity}:". Correct that first.`);
  }
  return inBrackets ? writer.putBehindColon(member, entries) : writer.putBelow(member, entries);
}

function listEntries({ action, attributions, explanation }: AcceptedAction): Entry[] {
  return [
    ['action', action] as const,
    ...(attributions.length > 0 ? [['attributions', attributions] as const] : []),
    ...(explanation === undefined ? [] : [['explanation', explanation] as const]),
  ];
}

class ActionWriter {
  constructor(
    private readonly text: string,
    private readonly layout: Layout,
  ) {}

  addToBlock(item: SourceNode, polarity: string, entries: readonly Entry[]): PartEdit {
    const [first, ...others] = [...item.members.values()];
    if (!first) throw new Misplaced('The item is empty.');
    const column = columnOf(this.text, first.key.start);
    const at = lineEnd(this.text, Math.max(...[first, ...others].map((member) => this.endOf(member))));
    const indent = ' '.repeat(column);
    return insert(at, `${this.layout.eol}${indent}${polarity}:${this.writeBlock(entries, column + 2)}`);
  }

  addToFlow(item: SourceNode, polarity: string, entries: readonly Entry[]): PartEdit {
    const members = [...item.members.values()];
    const first = members[0];
    const last = members.at(-1);
    if (!first || !last) throw new Misplaced('The item is empty.');
    const gap = this.gapBefore(first);
    return insert(this.endOf(last), `,${gap}${this.writeKey(polarity)}: ${this.writeMap(entries, gap)}`);
  }

  /** Braces with nothing in them. */
  replaceEmpty(member: SourceMember, entries: readonly Entry[]): PartEdit {
    return { ...member.node.range, text: this.writeMap(entries, this.layout.isJson ? this.gapBefore(member) : ' ') };
  }

  /** A polarity of which nothing but the key is there; a comment behind it stays. */
  putBelow(member: SourceMember, entries: readonly Entry[]): PartEdit {
    const { key, node } = member;
    const start = this.behindColon(member);
    const end = lineEnd(this.text, start);
    const { range } = node;
    if (range.start < range.end && range.end > end) {
      throw new Misplaced('What stands below the key cannot be read as an action. Remove it first.');
    }
    const tail =
      range.start < range.end
        ? this.text.slice(start, range.start) + this.text.slice(range.end, end)
        : this.text.slice(start, end);
    return { start, end, text: tail.trimEnd() + this.writeBlock(entries, columnOf(this.text, key.start) + 2) };
  }

  putBehindColon(member: SourceMember, entries: readonly Entry[]): PartEdit {
    const { range } = member.node;
    const map = this.writeMap(entries, this.gapBefore(member));
    if (range.start < range.end) return { ...range, text: map };
    return insert(this.behindColon(member), ` ${map}`);
  }

  fillBlock({ key, node }: SourceMember, entries: readonly Entry[]): PartEdit {
    const edits: PartEdit[] = [];
    const members = [...node.members.values()];
    const [first] = members;
    if (!first) throw new Misplaced('The action is empty.');
    const column = columnOf(this.text, first.key.start);
    const added: string[] = [];
    for (const [name, content] of entries) {
      const member = node.members.get(name);
      const line = `${this.layout.eol}${' '.repeat(column)}${name}:`;
      if (member) edits.push(this.replaceInBlock(member, content, column));
      // The action comes first.
      else if (name === 'action')
        edits.push(insert(lineEnd(this.text, key.end), line + this.writeBehind(content, column)));
      else added.push(line + this.writeBehind(content, column));
    }
    for (const member of this.listLeftovers(node, entries)) {
      const start = lineStart(this.text, member.key.start);
      edits.push({
        start: start - lineBreakBefore(this.text, start),
        end: lineEnd(this.text, this.endOf(member)),
        text: '',
      });
    }
    const end = lineEnd(this.text, Math.max(...members.map((member) => this.endOf(member))));
    if (added.length > 0) edits.push(insert(end, added.join('')));
    return this.merge(edits);
  }

  fillFlow(node: SourceNode, entries: readonly Entry[]): PartEdit {
    const members = [...node.members.entries()];
    const [, first] = members[0] ?? [];
    const [, last] = members.at(-1) ?? [];
    if (!first || !last) throw new Misplaced('The action is empty.');
    if (this.listLeftovers(node, entries).length > 0) return this.rebuildFlow(node, entries);
    const gap = this.gapBefore(first);
    const edits: PartEdit[] = [];
    let added = '';
    for (const [name, content] of entries) {
      const member = node.members.get(name);
      const written = this.writeInBrackets(content);
      if (member) edits.push(this.replaceInFlow(member, written));
      else if (name === 'action') edits.push(insert(first.key.start, `${this.writeKey(name)}: ${written},${gap}`));
      else added += `,${gap}${this.writeKey(name)}: ${written}`;
    }
    if (added !== '') edits.push(insert(this.endOf(last), added));
    return this.merge(edits);
  }

  private rebuildFlow(node: SourceNode, entries: readonly Entry[]): PartEdit {
    const known = ['action', 'attributions', 'explanation'];
    const source = this.text.slice(node.range.start, node.range.end);
    if (!this.layout.isJson && /(?:^|\s)#/.test(source)) {
      throw new Misplaced(
        'A comment stands among the parts of the action that is replaced. Move it out of the braces first.',
      );
    }
    if ([...node.members.keys()].some((name) => !known.includes(name))) {
      throw new Misplaced('The action that is replaced has keys of its own. Remove them first.');
    }
    const [first] = node.members.values();
    const gap = first ? this.gapBefore(first) : ' ';
    return { ...node.range, text: this.writeMap(entries, gap === ' ' ? gap : gap.replace(/ {1,2}$|\t$/, '')) };
  }

  /** What an earlier action had and the new one has not. */
  private listLeftovers(node: SourceNode, entries: readonly Entry[]): SourceMember[] {
    return (['attributions', 'explanation'] as const).flatMap((name) => {
      const member = node.members.get(name);
      return member && !entries.some(([wanted]) => wanted === name) ? [member] : [];
    });
  }

  private replaceInBlock(member: SourceMember, content: Entry[1], column: number): PartEdit {
    const { range, kind } = member.node;
    if (range.start === range.end) {
      const start = this.behindColon(member);
      const end = lineEnd(this.text, start);
      const isBare = this.text.slice(start, end).trim() === '';
      return { start, end: isBare ? end : start, text: this.writeBehind(content, column) };
    }
    if (typeof content === 'string') return { ...range, text: writeScalar(content, 'block') };
    if (kind !== 'list' || this.text[range.start] === '[') return { ...range, text: writeFlowList(content, 'flow') };
    const indent = ' '.repeat(columnOf(this.text, range.start));
    const lines = content.map((span) => `- ${writeScalar(span, 'block')}`);
    return { ...range, text: lines.join(`${this.layout.eol}${indent}`) };
  }

  private replaceInFlow(member: SourceMember, written: string): PartEdit {
    const { range } = member.node;
    if (range.start < range.end) return { ...range, text: written };
    return insert(this.behindColon(member), ` ${written}`);
  }

  private writeBlock(entries: readonly Entry[], column: number): string {
    const indent = `${this.layout.eol}${' '.repeat(column)}`;
    return entries.map(([name, content]) => `${indent}${name}:${this.writeBehind(content, column)}`).join('');
  }

  /** Behind the colon of a key in block style. */
  private writeBehind(content: Entry[1], column: number): string {
    if (typeof content === 'string') return ` ${writeScalar(content, 'block')}`;
    if (this.layout.listsInBrackets) return ` ${writeFlowList(content, 'flow')}`;
    const indent = `${this.layout.eol}${' '.repeat(column + 2)}`;
    return content.map((span) => `${indent}- ${writeScalar(span, 'block')}`).join('');
  }

  /** @param gap white space before its closing brace, where its parts have lines of their own; a blank where not */
  private writeMap(entries: readonly Entry[], gap: string): string {
    const written = entries.map(([name, content]) => `${this.writeKey(name)}: ${this.writeInBrackets(content)}`);
    if (gap === ' ') return `{${written.join(', ')}}`;
    return `{${gap}  ${written.join(`,${gap}  `)}${gap}}`;
  }

  private writeInBrackets(content: Entry[1]): string {
    return typeof content === 'string' ? writeScalar(content, this.notation) : writeFlowList(content, this.notation);
  }

  private writeKey(name: string): string {
    return this.layout.isJson ? `"${name}"` : name;
  }

  private get notation(): Notation {
    return this.layout.isJson ? 'json' : 'flow';
  }

  /** White space that separates a key in brackets from the one before it: as its first key has it, on a line of its own. */
  private gapBefore({ key }: SourceMember): string {
    const start = lineStart(this.text, key.start);
    const indent = this.text.slice(start, key.start);
    return start > 0 && /^[ \t]*$/.test(indent) ? this.layout.eol + indent : ' ';
  }

  private endOf(member: SourceMember): number {
    const { range } = member.node;
    return range.start < range.end ? range.end : this.behindColon(member);
  }

  private behindColon({ key }: SourceMember): number {
    const colon = /^\s*:/.exec(this.text.slice(key.end, key.end + 1000));
    if (!colon) throw new Misplaced('A key without a colon stands here. Add ":" behind it first.');
    return key.end + colon[0].length;
  }

  /** One change of the whole range, so that it is taken or left as one. */
  private merge(edits: readonly PartEdit[]): PartEdit {
    const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const start = sorted[0]?.start ?? 0;
    let at = start;
    let text = '';
    for (const edit of sorted) {
      if (edit.start < at) throw new Misplaced('The parts of the action stand in one another. Write it anew first.');
      text += this.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return { start, end: at, text };
  }
}

function isBlank({ kind, scalar, dropped }: SourceNode): boolean {
  const isNothing = scalar === null || (typeof scalar === 'string' && scalar.trim() === '');
  return kind === 'scalar' && !dropped && isNothing;
}

function insert(at: number, text: string): PartEdit {
  return { start: at, end: at, text };
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

function lineStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? Math.max(at, newline - 1) : newline;
}

function lineBreakBefore(text: string, start: number): number {
  if (text[start - 1] !== '\n') return 0;
  return text[start - 2] === '\r' ? 2 : 1;
}
