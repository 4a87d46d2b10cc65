/** Which chart fits a view: decided by its shape, so that a pipeline nobody has seen yet gets a fitting one too. */
import type { Point } from './chart';
import { moment } from './format';
import type { Column, Row, ViewFacts, ViewRows } from './types';

export type Form = 'lines' | 'band' | 'ranked' | 'sessions' | 'categories' | 'single' | 'steps';

const keys = (view: ViewFacts) => view.columns.filter((it) => it.role === 'key');
export const measures = (view: ViewFacts) => view.columns.filter((it) => it.role !== 'key' && it.numeric);
const ordered = (it: Column | undefined) => it !== undefined && (it.numeric || /DATE|TIMESTAMP/.test(it.type));

/** What the author asks for first; else what may be summed over keys. */
export const first = (view: ViewFacts) => (measures(view).find((it) => it.name === view.chart?.value) ?? measures(view).find((it) => it.additive) ?? measures(view).find((it) => it.role === 'measure') ?? measures(view)[0])?.name ?? '';

/** Few keys in each window, or few windows, are seen better over time, or side by side. */
export function fitting(view: ViewFacts, list: Twin[], column: string): Form[] {
  const possible = forms(view, column);
  const windows = windowsOf(list).length;
  if (!view.chart && possible[0] === 'ranked' && possible.includes('lines') && windows > 3 && list.length / windows < 3) return ['lines', 'ranked'];
  if (possible.includes('steps') && windows >= 4) return ['lines', 'steps'];
  return possible;
}
/** Over time each window has one number, so there must be one key in it, or numbers that may be summed. */
export function forms(view: ViewFacts, column: string): Form[] {
  if (view.kind === 'session') return measures(view).length ? ['sessions'] : [];
  if (measures(view).length === 0) return [];
  const keyed = keys(view).length > 0;
  if (view.kind === 'global') return !keyed ? ['single'] : !view.ranked && ordered(keys(view)[0]) ? ['categories'] : ['ranked'];
  if (!keyed) return view.chart?.band ? ['band', 'lines'] : view.chart?.steps.length ? ['steps', 'lines'] : ['lines'];
  if (!measures(view).find((it) => it.name === column)?.additive) return ['ranked'];
  return view.chart?.kind === 'line' ? ['lines', 'ranked'] : ['ranked', 'lines'];
}
const id = (view: ViewFacts, row: Row) => JSON.stringify([row.start, ...view.columns.flatMap((it, at) => (it.role === 'key' ? [row.cells[at] ?? null] : []))]);
export const name = (view: ViewFacts, row: Row) => view.columns.flatMap((it, at) => (it.role === 'key' ? [row.cells[at] ?? '–'] : [])).join(' · ');

/** What names a row to the server: its key columns, or its rank. */
export function keyOf(view: ViewFacts, twin: Twin): Record<string, string> {
  const row = twin.batch ?? twin.stream;
  const named = (it: Column) => (view.ranked ? it.name === RANK : it.role === 'key');
  return Object.fromEntries(view.columns.flatMap((it, at) => (named(it) ? [[it.name, row?.cells[at] ?? '']] : [])));
}
const RANK = 'rank';

/** A row of both modes. */
export interface Twin { id: string; start: string | null; end: string | null; key: string; stream: Row | null; batch: Row | null; status: string }

export function twins(view: ViewFacts, rows: ViewRows): Twin[] {
  const all = new Map<string, Twin>();
  for (const mode of ['stream', 'batch'] as const) {
    for (const row of rows[mode]) {
      const of = id(view, row);
      const twin = all.get(of) ?? { id: of, start: row.start, end: row.end, key: name(view, row), stream: null, batch: null, status: '' };
      twin[mode] = row;
      all.set(of, twin);
    }
  }
  const list = [...all.values()];
  list.forEach((it) => { it.status = status(it); });
  return list.sort((a, b) => (a.start ?? '').localeCompare(b.start ?? ''));
}
function status(it: Twin): string {
  // What is never cut is never final; it is compared as it stands.
  if (it.stream?.status === 'open' && it.start) return 'open';
  if (!it.batch) return 'stream_only';
  if (!it.stream) return 'batch_only';
  return it.stream.cells.every((cell, at) => same(cell, it.batch!.cells[at] ?? null)) ? 'agree' : 'differs';
}
const same = (one: string | null, other: string | null) => one === other || (one !== null && other !== null && one !== '' && other !== '' && Number(one) === Number(other));

const at = (view: ViewFacts, column: string) => view.columns.findIndex((it) => it.name === column);
const cell = (row: Row | null, index: number): number | null => {
  const text = row?.cells[index];
  return text == null || text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
};
export function windowsOf(list: Twin[]): string[] {
  return [...new Set(list.map((it) => it.start ?? ''))];
}
/** The one number of a window: the sum where the column may be summed, else that of its only row. */
function total(view: ViewFacts, list: (number | null)[], column: string): number | null {
  const known = list.filter((it): it is number => it !== null);
  if (known.length === 0) return null;
  if (view.columns.find((it) => it.name === column)?.additive) return known.reduce((a, b) => a + b, 0);
  return list.length === 1 ? known[0]! : null;
}
export function overTime(view: ViewFacts, list: Twin[], column: string, zone: string): Point[] {
  const index = at(view, column);
  const wide = view.kind === 'calendar';
  return windowsOf(list).map((start) => {
    const within = list.filter((it) => (it.start ?? '') === start);
    return {
      label: moment(start, zone, wide ? 'day' : 'time'),
      stream: total(view, within.map((it) => cell(it.stream, index)), column),
      batch: total(view, within.map((it) => cell(it.batch, index)), column),
    };
  });
}
export function withRange(view: ViewFacts, list: Twin[], zone: string): { points: Point[]; middle: string; extra: string | null } {
  const { low, high, volume } = view.chart!.band!;
  const middle = first(view);
  const points = list.map((it) => {
    const known = it.batch ?? it.stream;
    return {
      label: moment(it.start, zone, 'time'), stream: cell(it.stream, at(view, middle)), batch: cell(it.batch, at(view, middle)),
      low: cell(known, at(view, low)), high: cell(known, at(view, high)), extra: volume ? cell(known, at(view, volume)) : null,
    };
  });
  return { points, middle, extra: volume };
}
export function byKey(view: ViewFacts, list: Twin[], column: string, start: string, sorted: boolean): Point[] {
  const index = at(view, column);
  const points = list.filter((it) => (it.start ?? '') === start).map((it) => ({ label: it.key, stream: cell(it.stream, index), batch: cell(it.batch, index) }));
  const size = (it: Point) => Math.max(it.stream ?? -Infinity, it.batch ?? -Infinity);
  return sorted
    ? points.sort((a, b) => size(b) - size(a)).slice(0, 20)
    : points.sort((a, b) => (Number(a.label) - Number(b.label)) || a.label.localeCompare(b.label));
}
/** The columns of one window that the author has put in order. */
export function steps(view: ViewFacts, list: Twin[], start: string): Point[] {
  const within = list.filter((it) => (it.start ?? '') === start);
  return view.chart!.steps.map((name) => ({ label: name, stream: total(view, within.map((row) => cell(row.stream, at(view, name))), name), batch: total(view, within.map((row) => cell(row.batch, at(view, name))), name) }));
}
/** Two columns that are drawn against each other, where each window has one row. */
export function sides(view: ViewFacts): [string, string] | null {
  const [one, other] = view.chart?.sides ?? [];
  return one && other && keys(view).length === 0 ? [one, other] : null;
}
export function bothSides(list: Twin[], view: ViewFacts, [one, other]: [string, string], zone: string): { label: string; up: number | null; down: number | null }[] {
  return list.map((it) => ({ label: moment(it.start, zone, 'time'), up: cell(it.batch ?? it.stream, at(view, one)), down: cell(it.batch ?? it.stream, at(view, other)) }));
}
/** How many rows bear each of the few words of a column, such as a sentiment; empty for a column with many. */
export function shares(view: ViewFacts, list: Twin[], column: string): Point[] {
  const index = at(view, column);
  const of = (mode: 'stream' | 'batch') => list.map((it) => it[mode]?.cells[index]).filter((it): it is string => it != null && it !== '');
  const [stream, batch] = [of('stream'), of('batch')];
  const names = [...new Set([...stream, ...batch])].sort();
  const many = (all: string[], name: string) => all.filter((it) => it === name).length;
  return names.length > 8 ? [] : names.map((name) => ({ label: name, stream: many(stream, name), batch: many(batch, name) }));
}
export const labels = (view: ViewFacts) => view.columns.filter((it) => it.role === 'derived' && !it.numeric && !/DATE|TIME/.test(it.type));
/** How many rows have a value of about that size, in bins of a round width. */
export function histogram(view: ViewFacts, list: Twin[], column: string): Point[] {
  const index = at(view, column);
  const all = list.flatMap((it) => [cell(it.stream, index), cell(it.batch, index)]).filter((it): it is number => it !== null).sort((a, b) => a - b);
  if (all.length === 0) return [];
  const reach = all[Math.floor(all.length * 0.98)] ?? all[all.length - 1]!;
  const raw = Math.max((reach - Math.min(0, all[0]!)) / 14, 1e-9);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const width = [1, 2, 5, 10].map((it) => it * unit).find((it) => it >= raw)!;
  const bins = Math.max(1, Math.min(30, Math.ceil(reach / width)));
  const of = (mode: 'stream' | 'batch', bin: number) =>
    list.filter((it) => { const value = cell(it[mode], index); return value !== null && Math.min(bins - 1, Math.max(0, Math.floor(value / width))) === bin; }).length;
  return Array.from({ length: bins }, (_, bin) => ({
    label: bin === bins - 1 ? `${bin * width} +` : `${bin * width}–${(bin + 1) * width}`, stream: of('stream', bin), batch: of('batch', bin),
  }));
}
