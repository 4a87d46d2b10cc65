/** What early numbers cost: how fast a window comes right, and what each mode used of the machine. */
import { useMemo } from 'preact/hooks';
import { Chart, curve } from './chart';
import { bytes, count, decimal, millis, percent } from './format';
import { AsTable, Mode, Panel, Section, Table } from './parts';
import type { Convergence, Report } from './types';

export function TradeOff({ report }: { report: Report }) {
  const views = report.convergence ?? [];
  const cost = Object.entries(report.cost ?? {});
  if (views.length === 0 && cost.length === 0) return null;
  return (
    <Section title="What does an early number cost?" lead="How fast the stream's windows come right after their end, and what each mode used of the machine for it.">
      {views.slice(0, 1).map((it) => <Curve view={it} />)}
      {views.length > 0 && <Panel><Table label="Convergence" heads={[{ name: 'view' }, { name: 'windows', number: true }, { name: 'missing at the end', number: true }, { name: '99 % right after', number: true }, { name: 'missing for good', number: true }]}
        rows={views.map((it) => [it.view, count(it.windows), percent(it.steps[0]?.error_percent), it.nearly_right_seconds == null ? 'never' : millis(it.nearly_right_seconds * 1000), percent(it.final_error_percent)])} /></Panel>}
      {cost.length > 0 && <Panel><Table label="Cost" heads={[{ name: 'mode' }, { name: 'CPU seconds', number: true }, { name: 'for a million events', number: true }, { name: 'wall time', number: true }, { name: 'fullest heap', number: true }, { name: 'state', number: true }]}
        rows={cost.map(([mode, it]) => [<Mode mode={mode} />, decimal(it.cpu_seconds), decimal(it.cpu_seconds_per_million), millis(it.wall_seconds * 1000), bytes(it.peak_heap_bytes), it.state_rows ? `${count(it.state_rows)} rows, ${bytes(it.state_bytes)}` : '–'])} /></Panel>}
    </Section>
  );
}
function Curve({ view }: { view: Convergence }) {
  const points = useMemo(() => view.steps.map((it) => ({ label: millis(it.seconds * 1000), all: it.error_percent, worst: it.worst_percent })), [view]);
  const option = useMemo(() => curve(points), [points]);
  const title = view.nearly_right_seconds == null
    ? `${view.view}: ${percent(view.final_error_percent)} of the records never come in time`
    : `${view.view}: 99 % right ${millis(view.nearly_right_seconds * 1000)} after a window's end`;
  return (
    <Panel title={title} sub={`records that are missing, in percent, by the time since the stream saw the window end · ${count(view.windows)} windows`}>
      <p class="legend">line: all windows · grey: the worst</p>
      <Chart height={220} option={option} label={`${title}; the table below has the numbers`} />
      <AsTable label="Error since a window's end" file={`${view.view}-convergence`} heads={[{ name: 'after' }, { name: 'all windows %', number: true }, { name: 'the worst %', number: true }]} rows={() => points.map((it) => [it.label, decimal(it.all), decimal(it.worst)])} />
    </Panel>
  );
}
