/** Shows runs on standard error: a bar on a terminal, a line every few seconds where the output is piped. */
import ora from 'ora';
import type { Observed } from '../core/runs/assignment';
import { formatDuration } from '../display/numbers';
import { shortenModelId } from '../display/sentences';
import type { RunEvent, RunProgress } from '../engine/events';
import { toOneTerminalLine } from './terminalText';

export interface ProgressReporter {
  /** @param model Whose event it is; shown where several models are asked side by side. */
  show(event: RunEvent<Observed>, model?: string): void;
  end(): void;
}

const BAR_WIDTH = 24;
const LINE_EVERY_MS = 3000;
/** Often enough for an eye, seldom enough to cost nothing. */
const DRAW_EVERY_MS = 50;

/** @param models All that are asked, by id. */
export function createProgressReporter(
  stream: NodeJS.WriteStream,
  isQuiet: boolean,
  models: readonly string[] = [],
): ProgressReporter {
  const hasMany = models.length > 1;
  if (isQuiet) return new NoticeReporter(stream, hasMany);
  // A terminal that does not know its width has none (some CI systems), and ora would draw on it for ever.
  return stream.isTTY && stream.columns > 0 ? new BarReporter(stream, hasMany) : new LineReporter(stream, hasMany);
}

/** Notices alone: they say that the run differs from what was asked for. */
class NoticeReporter implements ProgressReporter {
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly hasMany: boolean,
  ) {}

  show(event: RunEvent<Observed>, model = ''): void {
    if (event.type === 'notice') this.write(event.message, model);
  }

  end(): void {}

  protected write(text: string, model: string): void {
    this.stream.write(`${toOneTerminalLine(this.hasMany ? `${model}: ${text}` : text)}\n`);
  }
}

class LineReporter extends NoticeReporter {
  private readonly lastLineMs = new Map<string, number>();

  override show(event: RunEvent<Observed>, model = ''): void {
    super.show(event, model);
    if (event.type === 'progress') {
      this.writeSometimes(() => describeProgress(event), event.done === event.total, model);
    }
    if (event.type === 'waiting') this.writeSometimes(() => describeWait(event), false, model);
  }

  private writeSometimes(describe: () => string, isLast: boolean, model: string): void {
    const now = performance.now();
    const lastMs = this.lastLineMs.get(model) ?? Number.NEGATIVE_INFINITY;
    if (!isLast && now - lastMs < LINE_EVERY_MS) return;
    this.lastLineMs.set(model, now);
    this.write(describe(), model);
  }
}

class BarReporter implements ProgressReporter {
  private readonly spinner;
  private readonly latest = new Map<string, RunProgress>();
  private drawnMs = Number.NEGATIVE_INFINITY;

  constructor(
    stream: NodeJS.WriteStream,
    private readonly hasMany: boolean,
  ) {
    // Left alone, the keyboard still sends an interrupt.
    this.spinner = ora({ stream, discardStdin: false, text: 'Asking the first questions…' }).start();
  }

  show(event: RunEvent<Observed>, model = ''): void {
    const name = this.hasMany ? `${shortenModelId(model)}: ` : '';
    if (event.type === 'progress') {
      this.latest.set(model, event);
      this.draw();
    }
    if (event.type === 'waiting') this.spinner.text = toOneTerminalLine(name + describeWait(event));
    if (event.type === 'notice') this.spinner.info(toOneTerminalLine(name + event.message)).start();
  }

  end(): void {
    this.spinner.stop();
  }

  private draw(): void {
    const all = [...this.latest.values()];
    const isLast = all.every(({ done, total }) => done === total);
    const now = performance.now();
    if (!isLast && now - this.drawnMs < DRAW_EVERY_MS) return;
    this.drawnMs = now;
    const done = all.reduce((sum, progress) => sum + progress.done, 0);
    const total = all.reduce((sum, progress) => sum + progress.total, 0);
    const [first] = all;
    const text = this.hasMany || !first ? describeModels(this.latest) : describeProgress(first);
    this.spinner.text = toOneTerminalLine(`${drawBar(done / total)} ${text}`);
  }
}

export function drawBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

export function describeProgress({ done, total, failed, unusable, remainingMs, current }: RunProgress): string {
  return [
    `${done} of ${total}`,
    failed > 0 && `${failed} failed`,
    unusable > 0 && `${unusable} unusable`,
    remainingMs !== null && done < total && `${formatDuration(remainingMs)} left`,
    toOneTerminalLine(current, 80),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** "llama3.2 12/456 · mistral 40/456, 2 failed · 3 min left" */
function describeModels(latest: ReadonlyMap<string, RunProgress>): string {
  const counts = [...latest].map(([model, { done, total, failed }]) => {
    const count = `${shortenModelId(model)} ${done}/${total}`;
    return failed > 0 ? `${count}, ${failed} failed` : count;
  });
  const slowest = Math.max(...[...latest.values()].map(({ remainingMs }) => remainingMs ?? 0));
  return (slowest > 0 ? [...counts, `${formatDuration(slowest)} left`] : counts).join(' · ');
}

function describeWait({ ms, reason }: Extract<RunEvent<Observed>, { type: 'waiting' }>): string {
  return `Waiting ${formatDuration(ms)}: ${reason}`;
}
