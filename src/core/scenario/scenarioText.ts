/** One version of a file's text, read as far as somebody asks; what earlier versions have in common is not read again. */
import { cutDocument, type ItemMemory, type ReadDocument, readDocument } from './document';
import type { Problem, Scenario, ScenarioFile, TextRange } from './model';
import { type ItemPieces, splitDocuments } from './pieces';
import { shiftItem, shiftProblem, shiftRange } from './shift';
import { shorten } from './tree';

/** In UTF-16 units; three times the whole published dataset. */
const LENGTH_LIMIT = 32_000_000;
/** Many times the published dataset's 132. */
const DOCUMENT_LIMIT = 5_000;

/** A document of this length, in UTF-16 units, is read at once when somebody asks about a place in it: some 50 ms. */
const AT_ONCE = 100_000;
/** The same in a file that is long itself, and so keeps the machine busy anyway. */
const AT_ONCE_IN_LONG_FILE = 20_000;
const LONG_FILE = 1_000_000;

/** What is known of one file from the versions of it that were read. */
export class ReadingMemory {
  /** Of the version last read to its end, by their text. */
  documents: ReadonlyMap<string, ReadDocument> = new Map();
  items: ItemMemory = new Map();
  /** As built last: what neither changed nor moved is the same object in the next version, with all that hangs on it. */
  private readonly built = new WeakMap<ReadDocument, { readonly start: number; readonly scenario: Scenario }>();

  buildScenario({ place, read }: PlacedDocument): Scenario | undefined {
    const known = this.built.get(read);
    if (known?.start === place.start) return known.scenario;
    const scenario = buildScenario({ place, read });
    if (scenario) this.built.set(read, { start: place.start, scenario });
    return scenario;
  }

  keep(documents: ReadonlyMap<string, ReadDocument>): void {
    this.documents = documents;
    const kept: ItemMemory = new Map();
    for (const { parts } of documents.values()) for (const part of parts) kept.set(part.text, part);
    // What was deleted may come back by an undo, so some of it stays.
    if (this.items.size > kept.size + 500) this.items = kept;
  }
}

/** A document, told by the lines of its file alone. */
export interface DocumentCut {
  readonly place: TextRange;
  /** Where its items are, counted in the document; undefined for a short one, and where they cannot be told apart. */
  readonly pieces?: ItemPieces;
}

interface PlacedDocument {
  readonly place: TextRange;
  readonly read: ReadDocument;
}

/** Never changes and never throws. Ranges count UTF-16 units of `text` as it is, byte order mark and CRLF included. */
export class ScenarioText implements ScenarioFile {
  private readonly readings = new Map<number, ReadDocument>();
  private readonly cuts = new Map<number, ItemPieces | undefined>();
  private isTooLarge = false;
  private splitPlaces: readonly TextRange[] | undefined;
  private allScenarios: readonly Scenario[] | undefined;
  private allProblems: readonly Problem[] | undefined;

  constructor(
    readonly text: string,
    private readonly memory: ReadingMemory = new ReadingMemory(),
  ) {}

  /** All usable scenarios, top to bottom. */
  get scenarios(): readonly Scenario[] {
    this.allScenarios ??= this.uniqueScenarios(this.readAll());
    return this.allScenarios;
  }

  /** Everything wrong, document by document. */
  get problems(): readonly Problem[] {
    this.allProblems ??= this.collectProblems(this.readAll());
    return this.allProblems;
  }

  /** Reads everything in short steps, between which the caller may do something else, or give up. */
  *read(): Generator<void> {
    for (const [index, place] of this.places.entries()) {
      if (this.readings.has(index)) continue;
      const text = this.textOf(place);
      const known = this.memory.documents.get(text);
      this.readings.set(
        index,
        known ?? (yield* readDocument(text, this.memory.items, undefined, this.cut(index, place))),
      );
      yield;
    }
    this.memory.keep(new Map(this.places.map((place, index) => [this.textOf(place), this.readingOf(index)])));
  }

  /**
   * The scenario of the document around an offset, reading no other; undefined where it is not usable. A long document
   * that was not read yet gives the item at the offset and the known ones around it, so that nobody waits.
   */
  scenarioAt(offset: number): Scenario | undefined {
    const index = this.places.findLastIndex(({ start }) => start <= offset);
    const place = this.places[index];
    if (!place) return undefined;
    const text = this.textOf(place);
    const atOnce = this.text.length > LONG_FILE ? AT_ONCE_IN_LONG_FILE : AT_ONCE;
    const isLong = text.length > atOnce && !this.readings.has(index) && !this.memory.documents.has(text);
    if (isLong) return this.readAround(index, place, offset);
    return this.memory.buildScenario({ place, read: this.readingOf(index) });
  }

  /** The document around an offset, without reading it; undefined in a file that is too large to be read. */
  cutAt(offset: number): DocumentCut | undefined {
    const index = this.places.findLastIndex(({ start }) => start <= offset);
    const place = this.places[index];
    if (!place) return undefined;
    const isLong = place.end - place.start > AT_ONCE_IN_LONG_FILE;
    return { place, pieces: isLong ? this.cut(index, place) : undefined };
  }

  private cut(index: number, place: TextRange): ItemPieces | undefined {
    if (!this.cuts.has(index)) this.cuts.set(index, cutDocument(this.textOf(place)));
    return this.cuts.get(index);
  }

  private readAround(index: number, place: TextRange, offset: number): Scenario | undefined {
    const text = this.textOf(place);
    const steps = readDocument(text, this.memory.items, offset - place.start, this.cut(index, place));
    return buildScenario({ place, read: drain(steps) });
  }

  private get places(): readonly TextRange[] {
    this.splitPlaces ??= this.split();
    return this.splitPlaces;
  }

  private split(): readonly TextRange[] {
    const places = this.text.length > LENGTH_LIMIT ? undefined : splitDocuments(this.text);
    this.isTooLarge = !places || places.length > DOCUMENT_LIMIT;
    return places && !this.isTooLarge ? places : [];
  }

  private textOf({ start, end }: TextRange): string {
    return this.text.slice(start, end);
  }

  private readAll(): PlacedDocument[] {
    if (this.readings.size < this.places.length) drain(this.read());
    return this.places.map((place, index) => ({ place, read: this.readingOf(index) }));
  }

  private readingOf(index: number): ReadDocument {
    let reading = this.readings.get(index);
    if (!reading) {
      const text = this.textOf(this.places[index] ?? { start: 0, end: 0 });
      reading = this.memory.documents.get(text) ?? drain(readDocument(text, this.memory.items));
      this.readings.set(index, reading);
    }
    return reading;
  }

  private uniqueScenarios(documents: readonly PlacedDocument[]): Scenario[] {
    const scenarios = new Map<string, Scenario>();
    for (const document of documents) {
      const name = document.read.head?.name;
      if (name === undefined || scenarios.has(name)) continue;
      const scenario = this.memory.buildScenario(document);
      if (scenario) scenarios.set(name, scenario);
    }
    return [...scenarios.values()];
  }

  private collectProblems(documents: readonly PlacedDocument[]): Problem[] {
    if (this.isTooLarge) return [tooLarge(this.text)];
    const problems: Problem[] = [];
    const names = new Set<string>();
    for (const { place, read } of documents) {
      for (const problem of read.problems) problems.push(shiftProblem(problem, place.start));
      if (!read.head) continue;
      const { name, nameRange } = read.head;
      if (names.has(name)) problems.push(duplicateName(name, shiftRange(nameRange, place.start)));
      names.add(name);
    }
    const isEmpty = problems.length === 0 && documents.every(({ read }) => read.blank);
    return isEmpty ? [emptyFile()] : problems;
  }
}

function buildScenario({ place, read: { head, items, range } }: PlacedDocument): Scenario | undefined {
  if (!head) return undefined;
  return {
    ...head,
    nameRange: shiftRange(head.nameRange, place.start),
    items: items.map(({ item, start }) => shiftItem(item, place.start + start)),
    range: shiftRange(range, place.start),
  };
}

function drain<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function duplicateName(name: string, range: TextRange): Problem {
  const message = `Another scenario of this file is already named "${shorten(name)}". Give this one a "name: …" of its own; until then it is left out.`;
  return { code: 'duplicate-name', severity: 'error', message, range };
}

function emptyFile(): Problem {
  const message =
    'This file holds no scenario yet. Start with "country: …" and "topic: …", then "items:" and below it "- value: …" with an "agree:" and a "disagree:" action.';
  return { code: 'empty-scenario', severity: 'warning', message, range: { start: 0, end: 0 } };
}

function tooLarge(text: string): Problem {
  const message = `This file is too large to be read: it may have ${LENGTH_LIMIT} characters and ${DOCUMENT_LIMIT} documents. Split it into several files.`;
  return { code: 'too-large', severity: 'error', message, range: { start: 0, end: Math.min(1, text.length) } };
}
