/** The windows of a comparison: one cell for each, in the order of time. */
import { useMemo } from 'preact/hooks';
import { Chart, Legend, overlay } from './chart';
import { count, exact, moment, signed, words } from './format';
import { AsTable, Panel, STATUS, useSetting } from './parts';
import type { Report, WindowLine } from './types';

const SHOWN = 48;

export function HeatStrip({ report }: { report: Report }) {
  const { zone } = useSetting();
  const views = [...new Set(report.windows.map((it) => it.view))];
  const lines = views.map((view) => [view, report.windows.filter((it) => it.view === view).slice(-SHOWN)] as const);
  const all = lines.flatMap(([, it]) => it);
  const how = (status: string) => all.filter((it) => it.status === status).length;
  const parts = ['agree', 'explained', 'within_tolerance', 'unexplained', 'open'].filter((it) => how(it) > 0);
  return (
    <Panel title={parts.map((it) => `${count(how(it))} ${STATUS[it]![1]}`).join(' · ')} sub="one cell per window, a number says how many keys differ in it">
      <p class="legend">{parts.map((it) => <><span class={`cell ${it}`} aria-hidden="true">{STATUS[it]![0]}</span>{STATUS[it]![1]} </>)}</p>
      <div class="heat" role="img" aria-label={`Windows of ${views.length} views: ${parts.map((it) => `${how(it)} ${it}`).join(', ')}`}>
        {lines.map(([view, windows]) => (
          <div class="heat-row">
            <span class="heat-name">{view}</span>
            <span class="heat-cells">{windows.map((it) => <span class={`cell ${it.status}`} title={`${when(it, zone)}: ${words(it.status)}, ${it.differing_keys} of ${it.keys} keys differ`}>{it.differing_keys > 0 && windows.length <= 26 ? it.differing_keys : windows.length <= 26 ? STATUS[it.status]?.[0] : ''}</span>)}</span>
          </div>
        ))}
      </div>
      <AsTable label="Windows" file="windows" heads={[{ name: 'window' }, { name: 'view' }, { name: 'status' }, { name: 'keys', number: true }, { name: 'differ', number: true }]}
        rows={() => all.map((it) => [when(it, zone), it.view, words(it.status), it.keys, it.differing_keys])} />
    </Panel>
  );
}
const when = (it: WindowLine, zone: string) => (it.start ? `${moment(it.start, zone)} ${zone}` : 'over everything');

export function Overlay({ report, view }: { report: Report; view: string }) {
  const { zone } = useSetting();
  const lines = report.windows.filter((it) => it.view === view && it.start);
  const points = useMemo(() => lines.map((it) => ({ label: moment(it.start, zone), stream: it.stream, batch: it.status === 'open' ? null : it.batch })), [report, view, zone]);
  const option = useMemo(() => overlay(points.map((it) => ({ ...it, label: it.label.slice(11) === '00:00' ? it.label : it.label.slice(11) })), 'stream − batch'), [points]);
  if (points.length < 2) return null;
  const differ = lines.filter((it) => it.status !== 'open' && it.stream !== it.batch).length;
  const closed = lines.filter((it) => it.status !== 'open').length;
  const measure = lines[0]!.measure;
  return (
    <Panel title={differ ? `${view}: the sums differ in ${differ} of ${closed} closed windows` : `${view}: the sums are the same in all ${closed} closed windows`} sub={`${measure} per window, summed over all keys · ${zone}`}>
      <Legend also="below: stream − batch" />
      <Chart height={360} option={option} label={`${measure} of ${view} over ${points.length} windows, stream and batch; the table below has the numbers`} />
      <AsTable label={`${view} per window`} file={`${view}-${measure}`} heads={[{ name: 'window' }, { name: 'stream', number: true }, { name: 'batch', number: true }, { name: 'stream − batch', number: true }]}
        rows={() => points.map((it) => [it.label, exact(it.stream), exact(it.batch), it.batch === null ? null : signed(it.stream - it.batch)])} />
    </Panel>
  );
}
