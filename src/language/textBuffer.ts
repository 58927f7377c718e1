/** The text of an open document in pieces, so that typing into a long one copies a page and not the book. */
import type { TextRange } from '../core/scenario/model';

/** Line and UTF-16 unit in it, both from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextChange {
  /** The whole text where absent. */
  readonly range?: { readonly start: TextPosition; readonly end: TextPosition };
  readonly text: string;
}

/** In UTF-16 units; a chunk ends with a line, so a longer line makes a longer chunk. */
const CHUNK = 32_768;

/** Whole lines. */
class Chunk {
  private starts: readonly number[] | undefined;

  constructor(readonly text: string) {}

  /** Where each line starts; one more than there are line breaks. */
  get lines(): readonly number[] {
    this.starts ??= findLines(this.text);
    return this.starts;
  }

  /** How many lines end in this chunk. */
  get breaks(): number {
    return this.lines.length - 1;
  }
}

interface ChunkIndex {
  readonly offsets: readonly number[];
  readonly lines: readonly number[];
}

/** Positions outside of the text, or behind the end of a line, count as the closest one inside, as in LSP. */
export class TextBuffer {
  private chunks: Chunk[];
  private joined: string | undefined;
  private indexed: ChunkIndex | undefined;

  constructor(text: string) {
    this.chunks = cut(text);
    this.joined = text;
  }

  get text(): string {
    this.joined ??= this.chunks.map(({ text }) => text).join('');
    return this.joined;
  }

  apply({ range, text }: TextChange): void {
    this.joined = undefined;
    if (!range) {
      this.indexed = undefined;
      this.chunks = cut(text);
      return;
    }
    const start = this.locate(range.start);
    const end = this.locate(range.end);
    this.indexed = undefined;
    const isReversed = end.chunk < start.chunk || (end.chunk === start.chunk && end.at < start.at);
    const [from, to] = isReversed ? [end, start] : [start, end];
    const before = this.chunks[from.chunk]?.text.slice(0, from.at) ?? '';
    let fresh = before + text + (this.chunks[to.chunk]?.text.slice(to.at) ?? '');
    let next = to.chunk + 1;
    // A line that lost its end goes on in the next chunk.
    while (next < this.chunks.length && !fresh.endsWith('\n')) fresh += this.chunks[next++]?.text ?? '';
    this.chunks.splice(from.chunk, next - from.chunk, ...cut(fresh));
  }

  offsetAt(position: TextPosition): number {
    const { chunk, at } = this.locate(position);
    return (this.index.offsets[chunk] ?? 0) + at;
  }

  positionAt(offset: number): TextPosition {
    const { offsets, lines } = this.index;
    const index = lastAtMost(offsets, Math.max(0, offset));
    const chunk = this.chunks[index] ?? new Chunk('');
    const at = Math.min(Math.max(0, offset) - (offsets[index] ?? 0), chunk.text.length);
    const within = lastAtMost(chunk.lines, at);
    const start = chunk.lines[within] ?? 0;
    return { line: (lines[index] ?? 0) + within, character: beforeLineBreak(chunk.text, start, at) - start };
  }

  rangeAt({ start, end }: TextRange): { start: TextPosition; end: TextPosition } {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  private locate({ line, character }: TextPosition): { chunk: number; at: number } {
    if (line < 0) return { chunk: 0, at: 0 };
    const { lines } = this.index;
    const index = lastAtMost(lines, line);
    const chunk = this.chunks[index] ?? new Chunk('');
    const within = line - (lines[index] ?? 0);
    const start = chunk.lines[within] ?? chunk.text.length;
    const end = chunk.lines[within + 1] ?? chunk.text.length;
    const at = Math.min(start + Math.max(0, character), end);
    return { chunk: index, at: beforeLineBreak(chunk.text, start, at) };
  }

  /** Where each chunk starts. */
  private get index(): ChunkIndex {
    if (this.indexed) return this.indexed;
    const index = { offsets: [] as number[], lines: [] as number[] };
    let offset = 0;
    let line = 0;
    for (const chunk of this.chunks) {
      index.offsets.push(offset);
      index.lines.push(line);
      offset += chunk.text.length;
      line += chunk.breaks;
    }
    this.indexed = index;
    return index;
  }
}

function cut(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = start + 2 * CHUNK >= text.length ? -1 : text.indexOf('\n', start + CHUNK);
    const end = newline < 0 ? text.length : newline + 1;
    chunks.push(new Chunk(text.slice(start, end)));
    start = end;
  }
  return chunks.length === 0 ? [new Chunk('')] : chunks;
}

function findLines(text: string): number[] {
  const starts = [0];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    if (carriage >= 0 && (feed < 0 || carriage < feed - 1)) {
      starts.push(carriage + 1);
      carriage = text.indexOf('\r', carriage + 1);
    } else {
      starts.push(feed + 1);
      if (carriage >= 0 && carriage < feed) carriage = text.indexOf('\r', feed);
      feed = text.indexOf('\n', feed + 1);
    }
  }
  return starts;
}

/** A position between the characters of a line break, or behind it, is the end of the line. */
function beforeLineBreak(text: string, start: number, at: number): number {
  let end = at;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}

function lastAtMost(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
