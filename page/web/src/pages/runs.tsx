import { useMemo } from 'preact/hooks';
import { Chart, pace } from '../chart';
import { ago, bytes, count, duration, millis, moment } from '../format';
import { useAnswer } from '../live';
import { AsTable, Empty, Loaded, Mode, Panel, Status, Table, useSetting } from '../parts';
import type { MicroBatch, RunLine } from '../types';

export function Runs() {
  const { place, revision } = useSetting();
  const base = `/pipelines/${encodeURIComponent(place.pipeline ?? '')}`;
  const runs = useAnswer<RunLine[]>(`${base}/runs`, revision);
  const batches = useAnswer<MicroBatch[]>(`${base}/micro-batches?most=120`, revision);
  return (
    <div class="wide">
      <h1 class="plain">Runs</h1>
      <p class="lead">Both modes on one time axis, and the stream's last micro-batches.</p>
      <Loaded from={runs}>{(data) => data.length === 0
        ? <Panel><Empty title="Nothing has run yet">Start both: <code>./tandem start {place.pipeline}</code></Empty></Panel>
        : <><Axis runs={data} /><List runs={data} /></>}</Loaded>
      <Loaded from={batches}>{(data) => data.length === 0 ? null : <Pace batches={data} />}</Loaded>
      <State />
    </div>
  );
}
/** What the running stream holds, by partition. */
function State() {
  const { live } = useSetting();
  const state = live.pulse?.state ?? [];
  if (state.length === 0) return null;
  const rows = state.reduce((sum, it) => sum + it.rows, 0);
  const size = state.reduce((sum, it) => sum + it.bytes, 0);
  return (
    <Panel title={`State: ${count(rows)} rows, about ${bytes(size)}`} sub="remembered dedup keys and open groups of the running stream, by partition">
      <Table label="State by partition" heads={[{ name: 'partition' }, { name: 'rows', number: true }, { name: 'bytes', number: true }, { name: 'held by' }]}
        rows={state.map((it) => [`${it.kind} ${it.part}`, count(it.rows), bytes(it.bytes), <code>{it.place}</code>])} />
    </Panel>
  );
}
function Axis({ runs }: { runs: RunLine[] }) {
  const { zone, live } = useSetting();
  const starts = runs.map((it) => Date.parse(it.started));
  const ends = runs.map((it) => (it.finished ? Date.parse(it.finished) : NaN)).filter((it) => !Number.isNaN(it));
  const from = Math.min(...starts);
  const until = Math.max(...ends, ...starts, Date.parse(live.pulse?.last_commit ?? '') || 0);
  const span = Math.max(1, until - from);
  const lanes = (['stream', 'batch'] as const).map((mode) => [mode, runs.filter((it) => it.mode === mode)] as const);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((it) => from + span * it);
  return (
    <Panel title={`${count(runs.length)} runs in ${duration(span / 1000)}`} sub={`hatched where it failed or was killed · ${zone}`}>
      <div class="axis" role="img" aria-label={`${runs.length} runs between ${moment(new Date(from).toISOString(), zone)} and ${moment(new Date(until).toISOString(), zone)}; the table below lists them`}>
        {lanes.map(([mode, list]) => (
          <div class="lane"><span class="lane-name"><Mode mode={mode} /></span><span class="lane-runs">{list.map((it) => {
            const start = Date.parse(it.started);
            const end = it.finished ? Date.parse(it.finished) : until;
            return <span class={`run ${mode} ${it.outcome === 'failed' || it.outcome === 'killed' ? 'bad' : ''}`} title={`${it.id}: ${it.outcome}, ${duration((end - start) / 1000)}`} style={{ left: `${((start - from) / span) * 100}%`, width: `max(5px, ${((end - start) / span) * 100}%)` }} />;
          })}</span></div>
        ))}
        <div class="lane ticks"><span class="lane-name" /><span class="lane-runs">{ticks.map((it, at) => <span style={{ left: `${((it - from) / span) * 100}%` }} class={at === 0 ? 'first' : at === 4 ? 'last' : ''}>{tick(it, span, zone)}</span>)}</span></div>
      </div>
    </Panel>
  );
}
/** As fine as the axis is long. */
function tick(at: number, span: number, zone: string): string {
  const iso = new Date(at).toISOString();
  return span > 2 * 86_400_000 ? moment(iso, zone, 'day') : span < 600_000 ? moment(iso, zone, 'second').slice(11) : moment(iso, zone, 'time');
}
function List({ runs }: { runs: RunLine[] }) {
  const { zone, now } = useSetting();
  return (
    <Panel title="All runs" sub="the latest first">
      <Table label="Runs" heads={[{ name: 'run' }, { name: 'mode' }, { name: 'outcome' }, { name: 'started' }, { name: 'took', number: true }, { name: 'records', number: true }, { name: 'measured' }]}
        rows={runs.map((it) => [<span title={it.id}>{it.id.replace(/^(\w+-[0-9a-f]{8})-.*/, '$1')}</span>, <Mode mode={it.mode} />, <Status word={it.outcome} />, <span title={ago(it.started, now)}>{moment(it.started, zone)}</span>,
          it.finished ? duration((Date.parse(it.finished) - Date.parse(it.started)) / 1000) : 'runs', count(it.records),
          <details><summary>{Object.entries(it.metrics)[0]?.join(' ') ?? '–'}</summary><dl class="facts">{Object.entries(it.metrics).map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}<dt>definition</dt><dd><code>{it.definition}</code></dd></dl></details>])} />
    </Panel>
  );
}
function Pace({ batches }: { batches: MicroBatch[] }) {
  const { zone } = useSetting();
  const option = useMemo(() => pace(batches.map((it) => ({ label: `${moment(it.committed_at, zone, 'second').slice(11)} · ${it.number}`, records: it.records, latency: it.latency_millis }))), [batches, zone]);
  const latest = [...batches].reverse().find((it) => it.records > 0) ?? batches[batches.length - 1]!;
  return (
    <Panel title={`Micro-batch ${count(latest.number)}: ${count(latest.records)} records, ${millis(latest.latency_millis)}`} sub={`latency in ms from first arrival to commit; below: records · the last ${batches.length}`}>
      <Chart height={262} option={option} label={`Latency and records of the last ${batches.length} micro-batches; the table below has the numbers`} />
      <AsTable label="Micro-batches" file="micro-batches" heads={[{ name: 'micro-batch' }, { name: 'committed' }, { name: 'records', number: true }, { name: 'counted', number: true }, { name: 'late', number: true }, { name: 'duplicate', number: true }, { name: 'quarantined', number: true }, { name: 'watermark' }, { name: 'latency', number: true }]}
        rows={() => [...batches].reverse().map((it) => [it.number, moment(it.committed_at, zone, 'second'), it.records, it.fates.counted ?? 0, it.fates.late ?? 0, it.fates.duplicate ?? 0, it.fates.quarantined ?? 0, moment(it.watermark, zone, 'second'), millis(it.latency_millis)])} />
    </Panel>
  );
}
