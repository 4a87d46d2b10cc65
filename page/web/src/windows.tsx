/** The windows of a comparison: one cell for each, in the order of time. */
import { useMemo } from 'preact/hooks';
import { Chart, Legend, overlay } from './chart';
import { count, exact, moment, signed, words } from './format';
import { AsTable, Panel, STATUS, useSetting } from './parts';
import { href } from './place';
import type { Report, WindowLine } from './types';

/** More cells than this would be a wall; neighbouring windows share one. */
const CELLS = 60;
const WORST = ['unexplained', 'explained', 'within_tolerance', 'agree', 'open'];

/** Neighbouring windows that are drawn as one cell. */
interface Bin { lines: WindowLine[]; status: string; keys: number; differing: number }

function binned(lines: WindowLine[]): Bin[] {
  const each = Math.ceil(lines.length / CELLS);
  return Array.from({ length: Math.ceil(lines.length / Math.max(1, each)) }, (_, at) => lines.slice(at * each, (at + 1) * each)).map((some) => ({
    lines: some,
    status: WORST.find((it) => some.some((line) => line.status === it)) ?? 'open',
    keys: some.reduce((sum, it) => sum + it.keys, 0),
    differing: some.reduce((sum, it) => sum + it.differing_keys, 0),
  }));
}
export function HeatStrip({ report }: { report: Report }) {
  const { zone, place } = useSetting();
  const views = [...new Set(report.windows.map((it) => it.view))];
  const rows = views.map((view) => [view, binned(report.windows.filter((it) => it.view === view))] as const);
  const all = report.windows;
  const how = (status: string) => all.filter((it) => it.status === status).length;
  const parts = ['agree', 'explained', 'within_tolerance', 'unexplained', 'open'].filter((it) => how(it) > 0);
  const shared = Math.max(0, ...rows.map(([, bins]) => bins[0]?.lines.length ?? 0));
  const link = (bin: Bin) => {
    const first = bin.lines[0]!;
    if (bin.differing === 0) return href(place.pipeline, 'views', { view: first.view, window: first.start ?? '' });
    return href(place.pipeline, 'parity', bin.lines.length === 1 ? { view: first.view, start: first.start ?? '' } : { view: first.view, order: 'window' });
  };
  return (
    <Panel title={`${count(all.length)} windows: ${parts.map((it) => `${count(how(it))} ${STATUS[it]![1]}`).join(' · ')}`} sub={shared > 1 ? `a cell stands for up to ${shared} neighbouring windows and shows the worst of them; a number says how many rows differ in it` : 'one cell per window, a number says how many rows differ in it'}>
      <p class="legend">{parts.map((it) => <><span class={`cell ${it}`} aria-hidden="true">{STATUS[it]![0]}</span>{STATUS[it]![1]} </>)}</p>
      <div class="heat">
        {rows.map(([view, bins]) => (
          <div class="heat-row">
            <span class="heat-name">{view}</span>
            <span class="heat-cells">{bins.map((it) => <a href={link(it)} class={`cell ${it.status}`} title={told(it, zone)} aria-label={`${view}, ${told(it, zone)}`}>{bins.length > 26 ? '' : it.differing > 0 ? it.differing : STATUS[it.status]?.[0]}</a>)}</span>
          </div>
        ))}
      </div>
      <AsTable label="Windows" file="windows" heads={[{ name: 'window' }, { name: 'view' }, { name: 'status' }, { name: 'rows', number: true }, { name: 'differ', number: true }]}
        rows={() => all.map((it) => [when(it, zone), it.view, words(it.status), it.keys, it.differing_keys])} />
    </Panel>
  );
}
function told(bin: Bin, zone: string): string {
  const [first, last] = [bin.lines[0]!, bin.lines[bin.lines.length - 1]!];
  const span = bin.lines.length === 1 ? when(first, zone) : `${bin.lines.length} windows from ${when(first, zone)} to ${when(last, zone)}`;
  return `${span}: ${words(bin.status)}, ${bin.differing} of ${bin.keys} rows differ`;
}
const when = (it: WindowLine, zone: string) => (it.start ? `${moment(it.start, zone)} ${zone}` : 'over everything');

export function Overlay({ report, view }: { report: Report; view: string }) {
  const { zone } = useSetting();
  const lines = report.windows.filter((it) => it.view === view && it.start);
  const points = useMemo(() => lines.map((it) => ({ label: moment(it.start, zone), stream: it.stream, batch: it.status === 'open' ? null : it.batch })), [report, view, zone]);
  const option = useMemo(() => overlay(points.map((it, at) => ({ ...it, label: at === 0 || it.label.slice(11) === '00:00' ? it.label : it.label.slice(11) })), 'batch − stream'), [points]);
  if (points.length < 2) return null;
  const differ = lines.filter((it) => it.status !== 'open' && it.stream !== it.batch).length;
  const closed = lines.filter((it) => it.status !== 'open').length;
  const measure = lines[0]!.measure;
  return (
    <Panel title={differ ? `${view}: the sums differ in ${differ} of ${closed} closed windows` : `${view}: the sums are the same in all ${closed} closed windows`} sub={`${measure} per window, summed over all keys · ${zone}`}>
      <Legend also="below: batch − stream" />
      <Chart height={360} option={option} label={`${measure} of ${view} over ${points.length} windows, stream and batch; the table below has the numbers`} />
      <AsTable label={`${view} per window`} file={`${view}-${measure}`} heads={[{ name: 'window' }, { name: 'stream', number: true }, { name: 'batch', number: true }, { name: 'batch − stream', number: true }]}
        rows={() => points.map((it) => [it.label, exact(it.stream), exact(it.batch), it.batch === null ? null : signed(it.batch - it.stream)])} />
    </Panel>
  );
}
