/**
 * Writes an answer of a given shape. What the shape fixes (braces, keys) is put before the model, not generated: the
 * model only chooses among options and writes free text. The odds are those of a grammar, at a third of the time,
 * since reading tokens is much faster than generating them.
 */
import type { LlamaModel, LlamaSequence, Token } from './llama';
import type { AnswerPart } from './messages';
import { drawByLogits } from './sampling';

/** Tokens read in one go; a cancel takes effect between two. */
const CHUNK = 256;
const LONGEST_FREE_TEXT = 240;
/** A sentence that ends beyond this many characters ends the text. */
const ENOUGH_TEXT = 60;

export interface AnswerOptions {
  readonly temperature: number;
  readonly seed: number;
  /** 0…1 */
  readonly random: () => number;
  /** @throws once the request is given up. */
  readonly checkCanceled: () => void;
  /** Of one free text. */
  readonly maxTokens?: number;
}

export interface WrittenAnswer {
  readonly text: string;
  readonly tokens: number;
}

export async function writeAnswer(
  model: LlamaModel,
  sequence: LlamaSequence,
  prompt: readonly Token[],
  parts: readonly AnswerPart[],
  options: AnswerOptions,
): Promise<WrittenAnswer> {
  const writer = new AnswerWriter(model, sequence, prompt, options);
  for (const [index, part] of parts.entries()) {
    // A list gets one element: a model this small writes no better one with more.
    writer.put(`${index === 0 ? '{' : ', '}${JSON.stringify(part.key)}: ${part.isList ? '["' : '"'}`);
    if (part.options) await writer.choose(part.options);
    else await writer.writeFreely(Math.min(part.maxLength ?? LONGEST_FREE_TEXT, LONGEST_FREE_TEXT));
    writer.put(part.isList ? '"]' : '"');
  }
  writer.put('}');
  return writer.finish();
}

class AnswerWriter {
  private text = '';
  private written = 0;
  /** Decided, but not yet read by the model. */
  private pending: Token[];

  constructor(
    private readonly model: LlamaModel,
    private readonly sequence: LlamaSequence,
    prompt: readonly Token[],
    private readonly options: AnswerOptions,
  ) {
    this.pending = [...prompt];
  }

  put(text: string): void {
    this.text += text;
    this.putTokens(this.tokenize(text));
  }

  /** Walks down the options token by token, drawing wherever they part. */
  async choose(options: readonly string[]): Promise<void> {
    const shared = findSharedStart(options);
    if (shared) this.put(escapeJson(shared));
    let left = options.map((option) => {
      const rest = escapeJson(option.slice(shared.length));
      return { rest, tokens: this.tokenize(rest) };
    });
    for (let depth = 0; left.length > 1; depth++) {
      const heads = [...new Set(left.map(({ tokens }) => tokens[depth]))].filter((token) => token !== undefined);
      // One option is the beginning of another: the shorter one is taken, as nothing parts them.
      if (left.some(({ tokens }) => tokens.length <= depth)) {
        left = left.filter(({ tokens }) => tokens.length <= depth).slice(0, 1);
        break;
      }
      const head = heads.length === 1 ? heads[0] : await this.draw(heads);
      left = left.filter(({ tokens }) => tokens[depth] === head);
      if (left.length > 1 && head !== undefined) this.putTokens([head]);
      else this.putTokens(left[0]?.tokens.slice(depth) ?? []);
    }
    this.text += left[0]?.rest ?? '';
  }

  /** Lets the model write until it closes the string, ends a sentence with enough said, or has used up the length. */
  async writeFreely(maxLength: number): Promise<void> {
    const before = [...this.sequence.contextTokens, ...this.pending];
    const last = this.pending.pop();
    if (last === undefined) return;
    await this.read();
    const generated: Token[] = [];
    let said = '';
    const { temperature, seed, maxTokens = Number.POSITIVE_INFINITY } = this.options;
    for await (const token of this.sequence.evaluate([last], { temperature, seed, topK: 40, topP: 0.95 })) {
      this.options.checkCanceled();
      generated.push(token);
      said = this.model.detokenize(generated);
      if (/["\n]/.test(said) || said.length >= maxLength || generated.length >= maxTokens || endsSentence(said)) break;
    }
    const kept = escapeJson(cutFreeText(said, maxLength));
    this.text += kept;
    const tokens = this.tokenize(kept);
    this.written += tokens.length;
    // The model must not remember what was cut off.
    await this.sequence.adaptStateToTokens(before, false);
    this.pending = [...before.slice(this.sequence.contextTokens.length), ...tokens];
  }

  finish(): WrittenAnswer {
    return { text: this.text, tokens: this.written };
  }

  private async draw(heads: readonly Token[]): Promise<Token> {
    const last = this.pending.pop();
    if (last === undefined) throw new Error('Nothing stands before the choice.');
    await this.read();
    const results = await this.sequence.controlledEvaluate([
      [last, { generateNext: { logits: { filter: { tokens: heads } } } }],
    ]);
    const logits = results[0]?.next.logits;
    const values = heads.map((head) => logits?.get(head) ?? Number.NEGATIVE_INFINITY);
    return heads[drawByLogits(values, this.options.temperature, this.options.random())] as Token;
  }

  private async read(): Promise<void> {
    while (this.pending.length > 0) {
      this.options.checkCanceled();
      await this.sequence.evaluateWithoutGeneratingNewTokens(this.pending.splice(0, CHUNK));
    }
    this.options.checkCanceled();
  }

  private putTokens(tokens: readonly Token[]): void {
    this.written += tokens.length;
    this.pending.push(...tokens);
  }

  private tokenize(text: string): Token[] {
    return text === '' ? [] : this.model.tokenize(text, false, 'trimLeadingSpace');
  }
}

/** Inside of a JSON string, without the quotes. */
function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export function findSharedStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = others.length === 0 ? 0 : first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

function endsSentence(text: string): boolean {
  return text.length > ENOUGH_TEXT && /[.!?]\s+\S*$/.test(text);
}

/** Up to the closing quote or line end; then up to the last whole sentence, or else the last whole word. */
export function cutFreeText(text: string, maxLength: number): string {
  const [inside = ''] = text.split(/["\n]/, 1);
  const isClosed = inside.length < text.length;
  const trimmed = inside.slice(0, maxLength).trim();
  if (isClosed && inside.length <= maxLength) return trimmed;
  const sentences = trimmed.match(/^.*[.!?](?=\s|$)/s)?.[0];
  if (sentences) return sentences;
  return inside.length > maxLength ? trimmed.replace(/\s+\S*$/, '') : trimmed;
}
