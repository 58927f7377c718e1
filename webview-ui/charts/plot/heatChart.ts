/** A heatmap on a canvas under a row of column names; pointer and keyboard move among its cells. */
import { Chart, type ChartConfiguration, LinearScale, type Plugin } from 'chart.js';
import { createElement } from '../../dom';
import type { Theme } from '../../theme';
import { CELLS, type CellDatum } from './cells';
import { HeatHead } from './heatHead';
import { paintHeatLabels } from './heatLabels';
import { type CellPlace, findCell, HEAT_ROW, type HeatLayout, type Heatmap, layoutHeatmap, moveCell } from './heatmap';
import { fontOf } from './paint';
import { RowDetails } from './rowDetails';
import type { Target } from './target';

Chart.register(LinearScale, ...CELLS);

const EMPTY: Heatmap = { kind: 'heatmap', columns: [], rows: [], max: 1 };

export class HeatChart {
  readonly element: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly frame: HTMLElement;
  private readonly head = new HeatHead();
  private readonly details = new RowDetails();
  private readonly chart: Chart<'cells', CellDatum[]>;
  private heatmap: Heatmap = EMPTY;
  private layout: HeatLayout = layoutHeatmap(EMPTY, 0, 0);
  private active: CellPlace | undefined;
  private width = 0;

  constructor(
    label: string,
    private theme: Theme,
    private readonly follow: (target: Target) => void,
  ) {
    this.canvas = createElement('canvas', {
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'heatmap',
      'aria-label': label,
    });
    this.frame = createElement('div', { class: 'canvas' }, this.canvas);
    const scroller = createElement('div', { class: 'heat' }, this.head.element, this.frame);
    this.element = createElement('div', { class: 'plot' }, scroller, ...this.details.elements);
    this.chart = new Chart(this.canvas, this.configure());
    this.listen();
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width === this.width || width === 0) return;
      this.width = width;
      this.draw();
    }).observe(this.element);
  }

  show(heatmap: Heatmap, theme: Theme): void {
    this.heatmap = heatmap;
    this.theme = theme;
    if (this.active && !this.cellAt(this.active)) this.active = undefined;
    this.draw();
  }

  private configure(): ChartConfiguration<'cells', CellDatum[]> {
    return {
      type: 'cells',
      data: { datasets: [{ data: [], ...this.look }] },
      options: { animation: false, maintainAspectRatio: false, events: [], scales: this.scales },
      plugins: [this.createLabels()],
    };
  }

  private get look() {
    return { theme: this.theme, max: this.heatmap.max, columnWidth: this.layout.columnWidth };
  }

  private get scales() {
    return {
      x: { type: 'linear', display: false, min: 0, max: Math.max(1, this.heatmap.columns.length) },
      y: { type: 'linear', display: false, min: 0, max: Math.max(1, this.layout.height), reverse: true },
    } as const;
  }

  private createLabels(): Plugin<'cells'> {
    return {
      id: 'labels',
      beforeDatasetsDraw: ({ ctx }) => {
        this.paintActiveLabel(ctx);
        paintHeatLabels(ctx, this.theme, this.heatmap, this.layout);
      },
      afterDatasetsDraw: ({ ctx }) => this.paintActive(ctx),
    };
  }

  private paintActiveLabel(ctx: CanvasRenderingContext2D): void {
    const { top } = (this.active && this.layout.rows[this.active.row]) ?? {};
    if (top === undefined) return;
    ctx.fillStyle = this.theme.rowHover;
    ctx.fillRect(0, top, this.layout.left - 4, HEAT_ROW - 1);
  }

  private paintActive(ctx: CanvasRenderingContext2D): void {
    if (!this.active) return;
    const { left, columnWidth, rows } = this.layout;
    const top = rows[this.active.row]?.top ?? 0;
    ctx.strokeStyle = this.theme.foreground;
    ctx.lineWidth = 2;
    ctx.strokeRect(left + this.active.column * columnWidth, top, columnWidth - 1, HEAT_ROW - 1);
  }

  private draw(): void {
    if (this.width === 0) return;
    const { heatmap, chart, theme } = this;
    chart.ctx.font = fontOf(theme);
    const label = heatmap.rows.reduce((most, row) => Math.max(most, chart.ctx.measureText(row.label).width), 0);
    this.layout = layoutHeatmap(heatmap, this.width, label + 8);
    const { left, width, height } = this.layout;
    const wide = width > this.width;
    this.element.classList.toggle('scrolls', wide);
    this.head.show(heatmap.columns, this.layout);
    this.frame.style.height = `${height}px`;
    this.frame.style.width = wide ? `${width}px` : '';
    const data = heatmap.rows.flatMap((row, index) =>
      row.cells.map((cell, column): CellDatum => ({ x: column, y: this.layout.rows[index]?.top ?? 0, cell })),
    );
    chart.data.datasets = [{ data, ...this.look }];
    const canvasWidth = Math.max(width, this.width);
    chart.options.layout = { padding: { left, right: canvasWidth - width, top: 0, bottom: 0 } };
    chart.options.scales = this.scales;
    chart.resize(canvasWidth, Math.max(1, height));
    chart.update('none');
    if (this.active) this.placeDetails();
  }

  private listen(): void {
    const { canvas } = this;
    const placeAt = (event: MouseEvent) => findCell(this.heatmap, this.layout, event.offsetX, event.offsetY);
    canvas.addEventListener('mousemove', (event) => this.activate(placeAt(event), false));
    canvas.addEventListener('mouseleave', () => this.activate(undefined, false));
    canvas.addEventListener('blur', () => this.activate(undefined, false));
    canvas.addEventListener('click', (event) => this.choose(placeAt(event)));
    canvas.addEventListener('keydown', (event) => {
      const next = moveCell(this.heatmap, this.active, event.key);
      if (next) {
        this.activate(next, true);
        this.scrollTo(next);
      } else if (event.key === 'Enter') this.choose(this.active);
      else if (event.key === 'Escape' && this.active) this.activate(undefined, false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private cellAt(place: CellPlace | undefined) {
    return place && this.heatmap.rows[place.row]?.cells[place.column];
  }

  private choose(place: CellPlace | undefined): void {
    const target = this.cellAt(place)?.target;
    if (target) this.follow(target);
  }

  private activate(place: CellPlace | undefined, aloud: boolean): void {
    if (place?.row === this.active?.row && place?.column === this.active?.column) return;
    this.active = place;
    const cell = this.cellAt(place);
    this.canvas.classList.toggle('leads', cell?.target !== undefined);
    this.head.mark(place?.column);
    this.chart.draw();
    this.placeDetails();
    if (aloud && cell) this.details.say(cell);
  }

  private placeDetails(): void {
    const cell = this.cellAt(this.active);
    if (!cell || !this.active) {
      this.details.hide();
      return;
    }
    const { left, columnWidth, rows } = this.layout;
    const top = this.head.element.offsetHeight + (rows[this.active.row]?.top ?? 0);
    const x = left + this.active.column * columnWidth - (this.canvas.closest('.heat')?.scrollLeft ?? 0);
    this.details.show(cell, { top, bottom: top + HEAT_ROW, left: x });
  }

  private scrollTo({ row }: CellPlace): void {
    const top = this.canvas.getBoundingClientRect().top + (this.layout.rows[row]?.top ?? 0);
    const margin = 96;
    if (top < margin) window.scrollBy({ top: top - margin });
    else if (top + HEAT_ROW > window.innerHeight - margin) {
      window.scrollBy({ top: top + HEAT_ROW - window.innerHeight + margin });
    }
  }
}
