/** The file beside a run that keeps the ids of its batches, so that no process has to live as long as they do. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod';
import type { RunHeader } from '../../core/runs/record';
import type { BatchClient } from '../../models/batchClient';
import { JournalError } from '../ports';
import { batchFileOf } from '../runDirectory';
import { explainWriteError } from '../writeErrors';

const LEDGER_SCHEMA = 'value-action-lens/batches@1';

const number = z.number().int().min(0);

const chunkSchema = z.object({
  /** Running numbers of its first and last request; what lies between and is not answered belongs to it. */
  first: number,
  last: number,
  requests: number,
  /** Parameters it was sent without. */
  leftOut: z.array(z.string()),
  /** Of the uploaded requests. */
  fileId: z.string().min(1),
  /** Absent until the batch is known to exist. */
  batchId: z.string().min(1).optional(),
  /** Its answers are in the run. */
  merged: z.boolean().optional(),
});
/** One uploaded file and its batch. */
export type BatchChunk = z.infer<typeof chunkSchema>;

const ledgerSchema = z.object({
  schema: z.literal(LEDGER_SCHEMA),
  /** The run's id. */
  run: z.string(),
  baseUrl: z.string(),
  model: z.string(),
  /** Parameters the endpoint rejected. */
  leftOut: z.array(z.string()),
  chunks: z.array(chunkSchema),
});
type LedgerContent = z.infer<typeof ledgerSchema>;

/**
 * Ids of batches whose answers are not in the run yet, e.g. to warn before their requests are asked in another way.
 * @throws {JournalError} where the file is damaged.
 */
export async function listOpenBatches(runPath: string): Promise<string[]> {
  const content = await readLedger(batchFileOf(runPath));
  return (content?.chunks ?? []).flatMap(({ merged, batchId }) => (!merged && batchId ? [batchId] : []));
}

export class BatchLedger {
  private constructor(
    readonly path: string,
    private readonly content: LedgerContent,
  ) {}

  /** @throws {JournalError} where the file is damaged, or belongs to another run, endpoint or model. */
  static async open(
    runPath: string,
    header: Pick<RunHeader, 'id'>,
    client: Pick<BatchClient, 'id' | 'baseUrl'>,
  ): Promise<BatchLedger> {
    const path = batchFileOf(runPath);
    const found = await readLedger(path);
    if (found && found.run !== header.id) {
      throw new JournalError(`${path} belongs to another run. Move it to its run, or delete it, then resume.`);
    }
    if (found && (found.baseUrl !== client.baseUrl || found.model !== client.id)) {
      throw new JournalError(
        `The batches of this run are for ${found.model} at ${found.baseUrl}. Resume with that model and base URL.`,
      );
    }
    const fresh = { schema: LEDGER_SCHEMA, run: header.id, baseUrl: client.baseUrl, model: client.id } as const;
    return new BatchLedger(path, found ?? { ...fresh, leftOut: [], chunks: [] });
  }

  get leftOut(): ReadonlySet<string> {
    return new Set(this.content.leftOut);
  }

  /** Chunks whose answers are not in the run yet. */
  get openChunks(): BatchChunk[] {
    return this.content.chunks.filter(({ merged }) => !merged);
  }

  async add(chunk: BatchChunk): Promise<void> {
    this.content.chunks.push(chunk);
    await this.save();
  }

  /** Forgets a chunk whose file the endpoint no longer has. */
  async drop(chunk: BatchChunk): Promise<void> {
    this.content.chunks = this.content.chunks.filter((other) => other !== chunk);
    await this.save();
  }

  async update(chunk: BatchChunk, change: Pick<BatchChunk, 'batchId' | 'merged'>): Promise<void> {
    Object.assign(chunk, change);
    await this.save();
  }

  /** False where it was known already. */
  async leaveOut(name: string): Promise<boolean> {
    if (this.content.leftOut.includes(name)) return false;
    this.content.leftOut.push(name);
    await this.save();
    return true;
  }

  /** Replaced as a whole or not at all. @throws {JournalError} */
  async save(): Promise<void> {
    const aside = `${this.path}.${process.pid}.tmp`;
    try {
      const handle = await open(aside, 'w');
      try {
        await handle.writeFile(`${JSON.stringify(this.content, null, 2)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, this.path);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw explainWriteError(this.path, error);
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

async function readLedger(path: string): Promise<LedgerContent | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new JournalError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const content = ledgerSchema.safeParse(parse(text));
  if (content.success) return content.data;
  throw new JournalError(
    `${path} is damaged, so the batches of this run are not known. Delete it and resume: what is missing is then sent anew, also what may still be at the endpoint.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
