/** How numbers are written: two decimals in the editor, three in tables, words where there is none. */

/** 0.71; "—" stands nowhere: say in words what is missing. */
export function formatEditorNumber(value: number): string {
  return value.toFixed(2);
}

export function formatTableNumber(value: number | null | undefined, absent = 'none'): string {
  return value === null || value === undefined || Number.isNaN(value) ? absent : value.toFixed(3);
}

export function formatPercent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

/** 75 000 ms → "1 min 15 s". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1 gap", "3 gaps". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/;

/** "2026-01-31T09:30:00.000Z" → "2026-01-31 09:30 UTC"; anything else as it is, for a run file may say anything. */
export function formatInstant(iso: string): string {
  return iso.replace(INSTANT, '$1 $2 UTC');
}
