/** Shows a run on standard error: a bar on a terminal, a line every few seconds where the output is piped. */
import ora from 'ora';
import { formatDuration } from '../display/numbers';
import type { RunEvent, RunProgress } from '../engine/events';
import { toOneTerminalLine } from './terminalText';

export interface ProgressReporter {
  show(event: RunEvent): void;
  end(): void;
}

const BAR_WIDTH = 24;
const LINE_EVERY_MS = 3000;

export function createProgressReporter(stream: NodeJS.WriteStream, isQuiet: boolean): ProgressReporter {
  if (isQuiet) return new NoticeReporter(stream);
  // A terminal that does not know its width has none (some CI systems), and ora would draw on it for ever.
  return stream.isTTY && stream.columns > 0 ? new BarReporter(stream) : new LineReporter(stream);
}

/** Notices alone: they say that the run differs from what was asked for. */
class NoticeReporter implements ProgressReporter {
  constructor(protected readonly stream: NodeJS.WriteStream) {}

  show(event: RunEvent): void {
    if (event.type === 'notice') this.write(event.message);
  }

  end(): void {}

  protected write(text: string): void {
    this.stream.write(`${toOneTerminalLine(text)}\n`);
  }
}

class LineReporter extends NoticeReporter {
  private lastLineMs = Number.NEGATIVE_INFINITY;

  override show(event: RunEvent): void {
    super.show(event);
    if (event.type === 'progress') this.writeSometimes(describeProgress(event), event.done === event.total);
    if (event.type === 'waiting') this.writeSometimes(describeWait(event), false);
  }

  private writeSometimes(text: string, isLast: boolean): void {
    const now = performance.now();
    if (!isLast && now - this.lastLineMs < LINE_EVERY_MS) return;
    this.lastLineMs = now;
    this.write(text);
  }
}

class BarReporter implements ProgressReporter {
  private readonly spinner;

  constructor(stream: NodeJS.WriteStream) {
    // Left alone, the keyboard still sends an interrupt.
    this.spinner = ora({ stream, discardStdin: false, text: 'Asking the first questions…' }).start();
  }

  show(event: RunEvent): void {
    if (event.type === 'progress') {
      this.spinner.text = toOneTerminalLine(`${drawBar(event.done / event.total)} ${describeProgress(event)}`);
    }
    if (event.type === 'waiting') this.spinner.text = toOneTerminalLine(describeWait(event));
    if (event.type === 'notice') this.spinner.info(toOneTerminalLine(event.message)).start();
  }

  end(): void {
    this.spinner.stop();
  }
}

export function drawBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

export function describeProgress({ done, total, failed, unusable, remainingMs, current }: RunProgress): string {
  const what = current.task === 'act' ? `${current.value}, act` : `${current.scenario}, state`;
  return [
    `${done} of ${total}`,
    failed > 0 && `${failed} failed`,
    unusable > 0 && `${unusable} unusable`,
    remainingMs !== null && done < total && `${formatDuration(remainingMs)} left`,
    `${toOneTerminalLine(what, 60)} (variant ${current.variant})`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function describeWait({ ms, reason }: Extract<RunEvent, { type: 'waiting' }>): string {
  return `Waiting ${formatDuration(ms)}: ${reason}`;
}
