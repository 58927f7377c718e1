/** What a Batch API sends: the state of a batch and the lines of its files, checked. */
import * as z from 'zod';
import type { BatchAnswer, BatchState } from './batchClient';
import { readCompletion } from './openaiReply';
import { hideKeys } from './redact';

const text = z.string().nullish().catch(undefined);
const count = z.number().int().min(0);

const stateSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string().min(1),
  request_counts: z.looseObject({ total: count, completed: count, failed: count }).nullish().catch(undefined),
  // Some endpoints write "" for none.
  output_file_id: text,
  error_file_id: text,
  input_file_id: text,
  errors: z
    .looseObject({ data: z.array(z.looseObject({ code: text, message: text, line: z.number().nullish() })).nullish() })
    .nullish()
    .catch(undefined),
});

const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'expired', 'cancelled', 'canceled']);
const MOST_PROBLEMS = 3;
const LONGEST_MESSAGE = 300;

export interface ReadBatch {
  readonly state: BatchState;
  readonly inputFileId?: string;
}

/** Undefined where it is no batch. */
export function readBatch(body: unknown, apiKey: string | undefined): ReadBatch | undefined {
  const read = stateSchema.safeParse(body);
  if (!read.success) return undefined;
  const { id, status, request_counts: counts, errors, ...files } = read.data;
  const problems = (errors?.data ?? []).slice(0, MOST_PROBLEMS).map(({ code, message, line }) => {
    const where = typeof line === 'number' ? ` (line ${line})` : '';
    return `${clean(message || code || 'no reason given', apiKey)}${where}`;
  });
  return {
    state: {
      id,
      status,
      isOver: OVER.has(status.toLowerCase()),
      ...(counts && { counts: { total: counts.total, completed: counts.completed, failed: counts.failed } }),
      outputFileId: files.output_file_id || undefined,
      errorFileId: files.error_file_id || undefined,
      problem: problems.join('; '),
    },
    inputFileId: files.input_file_id || undefined,
  };
}

const lineSchema = z.looseObject({
  custom_id: z.string(),
  response: z.looseObject({ status_code: z.number().catch(200), body: z.unknown().optional() }).nullish(),
  error: z.unknown().optional(),
});

const errorSchema = z.looseObject({ message: text, code: z.union([z.string(), z.number()]).nullish(), param: text });

/** Undefined where the line is cut or none of a batch's. */
export function readBatchLine(line: string, apiKey: string | undefined): BatchAnswer | undefined {
  const read = lineSchema.safeParse(parse(line));
  if (!read.success) return undefined;
  const { custom_id: customId, response, error } = read.data;
  const ownError = errorSchema.safeParse(error);
  if (!response) return explain(customId, ownError.data, undefined, apiKey);
  const { status_code: status, body } = response;
  if (status >= 400) {
    const said = errorSchema.safeParse((body as { error?: unknown } | null)?.error);
    return explain(customId, said.data ?? ownError.data, status, apiKey);
  }
  const completion = readCompletion(body);
  if (completion.ok) return { customId, reply: completion.reply };
  const message = `The batch holds ${clean(completion.said, apiKey)} instead of an answer.`;
  return { customId, failure: { code: 'bad-response', message } };
}

function explain(
  customId: string,
  error: z.infer<typeof errorSchema> | undefined,
  status: number | undefined,
  apiKey: string | undefined,
): BatchAnswer {
  const said = clean(error?.message || (error?.code != null ? String(error.code) : 'no reason given'), apiKey);
  const what = status === undefined ? 'The batch did not answer this request' : `The request failed (status ${status})`;
  const failure = { code: nameCode(error?.code, status), message: `${what}: ${said}` };
  const isAboutRequest = status === 400 || status === 422;
  // Such a message names the token limit, but the prompt is what is too long.
  if (!isAboutRequest || !error?.message || error.code === 'context_length_exceeded') return { customId, failure };
  return { customId, failure, complaint: { message: error.message, param: error.param ?? undefined } };
}

function nameCode(code: unknown, status: number | undefined): string {
  if (status === 429) return 'rate-limited';
  if (status !== undefined) return status >= 500 || status === 408 ? 'server-error' : 'bad-request';
  return code === 'batch_expired' ? 'batch-expired' : code === 'batch_cancelled' ? 'batch-cancelled' : 'batch-failed';
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** One line of an endpoint's words, short and without keys. */
function clean(words: string, apiKey: string | undefined): string {
  const line = hideKeys(words.replace(/\s+/g, ' ').trim(), apiKey);
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
