/** A row chart on a canvas: chart.js holds scale, size and redraw; pointer and keyboard move among whole rows. */
import { Chart, type ChartConfiguration, LinearScale } from 'chart.js';
import { createElement } from '../../dom';
import type { Theme } from '../../theme';
import { createFrame, measureTexts } from './frame';
import { findRow, layoutPlot, type PlotLayout } from './layout';
import { MARKS, type MarkDatum } from './marks';
import type { Plot, PlotRow } from './plot';
import { RowDetails } from './rowDetails';
import type { Target } from './target';

Chart.register(LinearScale, ...MARKS);

const EMPTY: Plot = { kind: 'rows', min: 0, max: 1, ticks: [], laneHeight: 16, rows: [] };

export class RowChart {
  readonly element: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly details: RowDetails;
  private readonly chart: Chart<'marks', MarkDatum[]>;
  private plot: Plot = EMPTY;
  private layout: PlotLayout;
  /** Key, not index: rows move while a run goes on. */
  private activeKey: string | undefined;
  private width = 0;

  constructor(
    label: string,
    private theme: Theme,
    private readonly follow: (target: Target) => void,
  ) {
    this.canvas = createElement('canvas', {
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'chart',
      'aria-label': label,
    });
    this.details = new RowDetails();
    const frame = createElement('div', { class: 'canvas' }, this.canvas);
    this.element = createElement('div', { class: 'plot' }, frame, ...this.details.elements);
    this.layout = layoutPlot(EMPTY, 0, { label: 0, end: 0, before: 0 });
    this.chart = new Chart(this.canvas, this.configure());
    this.listen();
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width === this.width || width === 0) return;
      this.width = width;
      this.draw();
    }).observe(this.element);
  }

  show(plot: Plot, theme: Theme): void {
    this.plot = plot;
    this.theme = theme;
    this.draw();
  }

  private configure(): ChartConfiguration<'marks', MarkDatum[]> {
    const frame = createFrame(() => ({
      plot: this.plot,
      layout: this.layout,
      theme: this.theme,
      activeRow: this.activeRow,
    }));
    return {
      type: 'marks',
      data: { datasets: [{ data: [], theme: this.theme }] },
      options: {
        animation: false,
        maintainAspectRatio: false,
        events: [],
        scales: {
          x: { type: 'linear', display: false, min: 0, max: 1 },
          y: { type: 'linear', display: false, min: 0, max: 1, reverse: true },
        },
      },
      plugins: [frame],
    };
  }

  private get activeRow(): number {
    return this.plot.rows.findIndex((row) => row.key === this.activeKey);
  }

  private draw(): void {
    if (this.width === 0) return;
    const { plot, chart } = this;
    this.layout = layoutPlot(plot, this.width, measureTexts(chart.ctx, plot, this.theme));
    const { left, right, axisHeight, height } = this.layout;
    const frame = this.canvas.parentElement;
    if (frame) frame.style.height = `${axisHeight + height}px`;
    const data = plot.rows.flatMap((row, index) =>
      row.lanes.flatMap((lane, number) =>
        lane.marks.map((mark): MarkDatum => ({ x: mark.at, y: this.layout.rows[index]?.laneY[number] ?? 0, mark })),
      ),
    );
    chart.data.datasets = [{ data, theme: this.theme }];
    chart.options.layout = { padding: { left, right, top: axisHeight, bottom: 0 } };
    chart.options.scales = {
      x: { type: 'linear', display: false, min: plot.min, max: plot.max },
      y: { type: 'linear', display: false, min: 0, max: Math.max(1, height), reverse: true },
    };
    chart.resize(this.width, axisHeight + height);
    chart.update('none');
    if (this.activeKey !== undefined) this.placeDetails();
  }

  private listen(): void {
    const { canvas } = this;
    const rowAt = (event: MouseEvent): PlotRow | undefined =>
      this.plot.rows[findRow(this.layout, event.offsetY - this.layout.axisHeight)];
    canvas.addEventListener('mousemove', (event) => this.activate(rowAt(event), false));
    canvas.addEventListener('mouseleave', () => this.activate(undefined, false));
    canvas.addEventListener('click', (event) => this.choose(rowAt(event)));
    canvas.addEventListener('blur', () => this.activate(undefined, false));
    canvas.addEventListener('keydown', (event) => {
      if (this.handleKey(event.key)) event.preventDefault();
    });
  }

  /** Whether the key meant something here. */
  private handleKey(key: string): boolean {
    const last = this.plot.rows.length - 1;
    const current = this.activeRow;
    const next: Record<string, number> = {
      ArrowDown: Math.min(last, current + 1),
      ArrowUp: current < 0 ? last : Math.max(0, current - 1),
      Home: 0,
      End: last,
    };
    const row = Object.hasOwn(next, key) ? this.plot.rows[next[key] ?? -1] : undefined;
    if (row) {
      this.activate(row, true);
      this.scrollTo(row);
      return true;
    }
    if (key === 'Enter') {
      this.choose(this.plot.rows[current]);
      return true;
    }
    if (key !== 'Escape' || current < 0) return false;
    this.activate(undefined, false);
    return true;
  }

  private choose(row: PlotRow | undefined): void {
    if (row?.target) this.follow(row.target);
  }

  private activate(row: PlotRow | undefined, aloud: boolean): void {
    if (row?.key === this.activeKey) return;
    this.activeKey = row?.key;
    this.canvas.classList.toggle('leads', row?.target !== undefined);
    this.chart.draw();
    this.placeDetails();
    if (aloud && row) this.details.say(row);
  }

  private placeDetails(): void {
    const index = this.activeRow;
    const row = this.plot.rows[index];
    const at = this.layout.rows[index];
    if (row && at) {
      const top = this.layout.axisHeight + at.top;
      this.details.show(row, { top, bottom: top + at.height });
    } else this.details.hide();
  }

  /** The canvas is one element, so the browser cannot bring one of its rows into view by itself. */
  private scrollTo(row: PlotRow): void {
    const at = this.layout.rows[this.plot.rows.indexOf(row)];
    if (!at) return;
    const top = this.canvas.getBoundingClientRect().top + this.layout.axisHeight + at.top;
    const margin = 96;
    if (top < margin) window.scrollBy({ top: top - margin });
    else if (top + at.height > window.innerHeight - margin) {
      window.scrollBy({ top: top + at.height - window.innerHeight + margin });
    }
  }
}
