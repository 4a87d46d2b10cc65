/** What all pages are made of. */
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useState, useRef } from 'preact/hooks';
import { csv } from './format';
import type { Answer, Live } from './live';
import type { Place } from './place';
import type { PipelineFacts, PipelineLine, Verdict } from './types';

export interface Setting {
  place: Place; live: Live; lines: PipelineLine[]; facts: PipelineFacts | null; zone: string; revision: string; now: number;
}
export const Shared = createContext<Setting>(null as unknown as Setting);
export const useSetting = (): Setting => useContext(Shared);

const VERDICTS: Record<Verdict, [string, string, string]> = {
  agree: ['✔', 'AGREE', 'agree'],
  agree_with_causes: ['✔', 'AGREE WITH CAUSES', 'agree'],
  within_tolerance: ['≈', 'WITHIN TOLERANCE', 'tolerance'],
  disagree: ['✖', 'DISAGREE', 'disagree'],
  pending: ['◌', 'PENDING', 'pending'],
};
export const verdict = (word: Verdict) => VERDICTS[word] ?? VERDICTS.pending;
export const STATUS: Record<string, [string, string, string]> = {
  agree: ['✔', 'agree', 'agree'], explained: ['✔', 'explained', 'explained'], within_tolerance: ['≈', 'within tolerance', 'tolerance'],
  unexplained: ['✖', 'unexplained', 'disagree'], open: ['◌', 'open', 'pending'],
  differs: ['≠', 'differs', 'tolerance'], stream_only: ['●', 'stream alone', 'pending'], batch_only: ['□', 'batch alone', 'tolerance'],
  running: ['●', 'running', 'agree'], stopped: ['◌', 'stopped', 'pending'], failed: ['✖', 'failed', 'disagree'],
  never_run: ['◌', 'never run', 'pending'], finished: ['✔', 'finished', 'agree'], drained: ['✔', 'drained', 'agree'], unfinished: ['◌', 'unfinished', 'pending'], killed: ['▲', 'killed', 'tolerance'],
  fine: ['✔', 'fine', 'agree'], attention: ['▲', 'attention', 'tolerance'], broken: ['✖', 'broken', 'disagree'],
};
export function Status({ word, text }: { word: string; text?: string }) {
  const [icon, name, tone] = STATUS[word] ?? ['◌', word, 'pending'];
  return <span class={`status ${tone}`}><span aria-hidden="true">{icon}</span> {text ?? name}</span>;
}
export function VerdictWord({ word }: { word: Verdict }) {
  const [icon, name, tone] = verdict(word);
  return <span class={`status ${tone}`}><span aria-hidden="true">{icon}</span> {name.toLowerCase()}</span>;
}
export function Mode({ mode }: { mode: string }) {
  return <span class={`mode ${mode === 'stream' ? 'stream' : 'batch'}`}><span aria-hidden="true">{mode === 'stream' ? '●' : '□'}</span> {mode}</span>;
}
export function Section({ title, lead, children, id }: { title: string; lead?: ComponentChildren; children: ComponentChildren; id?: string }) {
  return <section id={id}><h2>{title}</h2>{lead ? <p class="lead">{lead}</p> : null}{children}</section>;
}
export function Panel({ title, sub, tools, children }: { title?: ComponentChildren; sub?: ComponentChildren; tools?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="panel">
      {title || tools ? <div class="panel-head"><div>{title ? <h3>{title}</h3> : null}{sub ? <p class="sub">{sub}</p> : null}</div>{tools ? <div class="tools">{tools}</div> : null}</div> : null}
      {children}
    </div>
  );
}
export function Empty({ icon = '◌', title, children }: { icon?: string; title: string; children?: ComponentChildren }) {
  return <div class="empty"><p class="icon" aria-hidden="true">{icon}</p><p class="statement">{title}</p>{children ? <p>{children}</p> : null}</div>;
}
/** Shows what came, or why nothing did. What came earlier stays, with a note that it is old. */
export function Loaded<T>({ from, children }: { from: Answer<T>; children: (data: T) => ComponentChildren }) {
  if (from.data !== null) {
    return <>{from.error ? <p class="note stale" role="status">▲ Not renewed: {from.error.message}</p> : null}{children(from.data)}</>;
  }
  if (from.error) {
    return <div class="panel failed" role="alert"><Empty icon="✖" title="This could not be read">{from.error.message}</Empty></div>;
  }
  return <div class="panel waiting" aria-busy="true"><span class="visually-hidden">Loading</span><i /><i /><i /></div>;
}
export interface Head { name: string; number?: boolean }
export type Cell = ComponentChildren;
/** A table that becomes a list of cards on a narrow screen; on a wide one it scrolls by itself. */
export function Table({ label, heads, rows, none = 'Nothing here.', fixed = false }: { label: string; heads: Head[]; rows: Cell[][]; none?: string; fixed?: boolean }) {
  if (rows.length === 0) return <p class="note">{none}</p>;
  return (
    <div class={fixed ? 'scroll tall' : 'scroll'} tabIndex={0} role="region" aria-label={label}>
      <table class={fixed ? '' : 'stacking'}>
        <thead><tr>{heads.map((it) => <th scope="col" class={it.number ? 'number' : ''}>{it.name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr>{row.map((cell, at) => at === 0
              ? <th scope="row">{cell}</th>
              : <td class={heads[at]?.number ? 'number' : ''} data-label={heads[at]?.name}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
/** The numbers behind a chart, made only when somebody asks. */
export function AsTable({ label, heads, rows, file }: { label: string; heads: Head[]; rows: () => (string | number | null | undefined)[][]; file: string }) {
  const [open, set] = useState(false);
  const at = useRef<HTMLDetailsElement>(null);
  const canvas = () => at.current?.closest('.panel')?.querySelector<HTMLCanvasElement>('.chart canvas') ?? null;
  return (
    <details class="as-table" ref={at} onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>As a table</summary>
      {open ? <>
        <Table fixed label={label} heads={heads} rows={rows().map((row) => row.map((it) => it ?? '–'))} />
        <button type="button" class="quiet" onClick={() => save(new Blob([csv([heads.map((it) => it.name), ...rows()])], { type: 'text/csv' }), `${file}.csv`)}>Save as CSV</button>
        {canvas() && <button type="button" class="quiet" onClick={() => picture(canvas()!, (blob) => save(blob, `${file}.png`))}>Save as PNG</button>}
      </> : null}
    </details>
  );
}
function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
/** A chart on the ground that it has on the page; alone it would have none. */
function picture(chart: HTMLCanvasElement, done: (blob: Blob) => void) {
  const copy = document.createElement('canvas');
  copy.width = chart.width;
  copy.height = chart.height;
  const draw = copy.getContext('2d')!;
  draw.fillStyle = getComputedStyle(chart.closest('.panel')!).backgroundColor;
  draw.fillRect(0, 0, copy.width, copy.height);
  draw.drawImage(chart, 0, 0);
  copy.toBlob((blob) => blob && done(blob), 'image/png');
}
export function Choice({ label, value, options, change }: { label: string; value: string; options: [string, string][]; change: (value: string) => void }) {
  return (
    <label class="choice"><span>{label}</span>
      <select value={value} onChange={(e) => change((e.target as HTMLSelectElement).value)}>
        {options.map(([key, name]) => <option value={key} selected={key === value}>{name}</option>)}
      </select>
    </label>
  );
}
export function Find({ label, value, change }: { label: string; value: string; change: (value: string) => void }) {
  return <label class="choice"><span>{label}</span><input type="search" value={value} onInput={(e) => change((e.target as HTMLInputElement).value)} /></label>;
}
export function Tabs({ label, value, options, change }: { label: string; value: string; options: [string, ComponentChildren][]; change: (value: string) => void }) {
  return <div class="tabs" role="group" aria-label={label}>{options.map(([key, name]) => <button type="button" aria-pressed={key === value} onClick={() => change(key)}>{name}</button>)}</div>;
}
/** A share as a bar; what it stands for is written beside it. */
export function Bar({ share, tone }: { share: number; tone: string }) {
  return <span class="bar" aria-hidden="true"><span class={tone} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} /></span>;
}
export function Spark({ values, label }: { values: number[]; label: string }) {
  if (values.length < 2) return null;
  const most = Math.max(...values, 1);
  const points = values.map((it, at) => `${((at / (values.length - 1)) * 200).toFixed(1)},${(38 - (it / most) * 34).toFixed(1)}`).join(' ');
  return <svg class="spark" viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label={label}><polyline points={points} /></svg>;
}
