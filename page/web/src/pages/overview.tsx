import { ago, count, decimal, duration, exact, millis, moment, percent } from '../format';
import { useAnswer } from '../live';
import { Bar, Empty, Loaded, Panel, Section, Spark, Status, Table, VerdictWord, useSetting, verdict, Mode } from '../parts';
import { href } from '../place';
import type { Maybe, MicroBatch, Pulse, Report } from '../types';
import { HeatStrip, Overlay } from '../windows';

export function VerdictBand({ report }: { report: Maybe<Report> }) {
  const { facts, place } = useSetting();
  const [icon, name, tone] = verdict(report?.verdict ?? 'pending');
  return (
    <div class={`verdict ${tone}`}>
      <div class="wide">
        <p class="pipeline">{place.pipeline}<span>{facts?.about}</span></p>
        <h1><span aria-hidden="true">{icon}</span> {name}</h1>
        <p class="sentence">{report ? report.sentence : <Uncompared />}</p>
        <When report={report} />
      </div>
    </div>
  );
}

/** What brings the first comparison. */
function Uncompared() {
  const { live } = useSetting();
  return <>{live.pulse?.start ? 'Nothing has been compared yet: the first comparison comes when a window has closed, or after two minutes.' : 'Nothing has been compared yet: run both modes, then compare.'}</>;
}
/** When the verdict was found, and when the next one will be. */
function When({ report }: { report: Maybe<Report> }) {
  const { live, lines, now, place, zone } = useSetting();
  const next = live.pulse?.start?.next_comparison ?? null;
  const line = lines.find((it) => it.name === place.pipeline);
  const told = [
    report ? `compared ${ago(report.generated_at, now)}` : '',
    next !== null ? `next comparison at ${at(next, now, zone)} ${zone}, ${ago(next, now)}`
      : line?.scheduler === 'nobody' ? `the batch is to run ${line.schedule}, and nobody runs it` : '',
  ].filter((it) => it);
  return told.length ? <p class="when">{told.join(' · ')}</p> : null;
}
/** Without the day where it is today. */
const at = (iso: string, now: number, zone: string): string => {
  const full = moment(iso, zone);
  return full.slice(0, 10) === moment(new Date(now).toISOString(), zone, 'day') ? full.slice(11) : full;
};

export function Overview() {
  const { place, revision, live } = useSetting();
  const base = `/pipelines/${encodeURIComponent(place.pipeline ?? '')}`;
  const report = useAnswer<Maybe<Report>>(`${base}/report`, revision);
  const batches = useAnswer<MicroBatch[]>(`${base}/micro-batches?most=90`, revision);
  const latencies = (batches.data ?? []).flatMap((it) => (it.latency_millis === null ? [] : [it.latency_millis]));
  if (report.error && !report.data) return <div class="wide"><h1 class="plain">Overview</h1><Loaded from={report}>{() => null}</Loaded></div>;
  const known = report.data;
  const main = known?.windows.find((it) => it.start)?.view;
  const waiting = live.pulse === null && live.link === 'connecting';
  return (
    <>
      {report.loading && !known ? <div class="verdict pending"><div class="wide"><p class="pipeline">{place.pipeline}</p><h1>◌ Loading</h1><p class="sentence">Reading the last comparison.</p></div></div> : <VerdictBand report={known} />}
      <div class="wide">
        {waiting ? <Waiting /> : (
          <div class="questions">
            <Agree report={known} />
            <Late pulse={live.pulse} latencies={latencies} />
            <Cost pulse={live.pulse} />
          </div>
        )}
        <Section title="Where is every record?" lead="What became of each record that the stream has read. Nothing is dropped silently.">{waiting ? <Waiting /> : <Flow pulse={live.pulse} />}</Section>
        {known && known.windows.length > 0 ? <Section title="Where do they differ?" lead="All windows of all views, in the order of time."><HeatStrip report={known} />{main ? <Overlay report={known} view={main} /> : null}</Section> : null}
        <Section title="All pipelines"><AllPipelines /></Section>
      </div>
    </>
  );
}

function Waiting() {
  return <div class="panel waiting" aria-busy="true"><span class="visually-hidden">Loading</span><i /><i /><i /></div>;
}
function Agree({ report }: { report: Maybe<Report> }) {
  const { place } = useSetting();
  return (
    <section class="question">
      <h2>Do they agree?</h2>
      {report ? (
        <>
          <p class="value">{percent(report.accuracy.percent)}</p>
          <p>{report.unexplained === 0 ? <Status word="agree" text="0 unexplained" /> : <Status word="unexplained" text={`${count(report.unexplained)} unexplained`} />}</p>
          <Bar share={report.accuracy.percent / 100} tone={report.unexplained === 0 ? 'same' : 'broken'} />
          <p class="foot">{count(report.accuracy.agreeing_rows)} of {count(report.accuracy.compared_rows)} closed rows are the same in both modes. <a href={href(place.pipeline, 'parity')}>{report.accuracy.agreeing_rows < report.accuracy.compared_rows ? 'Why the others differ' : 'The whole comparison'}</a></p>
        </>
      ) : <><p class="value none">–</p><p class="foot">Nothing is compared yet. Run <code>./tandem compare {place.pipeline}</code></p></>}
    </section>
  );
}
function Late({ pulse, latencies }: { pulse: Maybe<Pulse>; latencies: number[] }) {
  const { facts } = useSetting();
  const p95 = pulse?.latency.p95 ?? null;
  const target = pulse?.latency.target ?? null;
  const gap = pulse?.watermark && pulse.highest_event ? (Date.parse(pulse.highest_event) - Date.parse(pulse.watermark)) / 1000 : null;
  return (
    <section class="question">
      <h2>How late is the stream?</h2>
      <p class={p95 === null ? 'value none' : 'value'}>{millis(p95)} {p95 === null ? null : <small title={pulse?.latency.measured}>p95</small>}</p>
      <p>{p95 === null ? <Status word={pulse?.stream ?? 'never_run'} /> : target === null ? <Status word={pulse?.stream ?? 'stopped'} /> : p95 <= target ? <Status word="agree" text={`met: at most ${millis(target)}`} /> : <Status word="unexplained" text={`missed: at most ${millis(target)}`} />}</p>
      {latencies.length > 1 ? <Spark values={latencies} label={`Latency of the last ${latencies.length} micro-batches, at most ${millis(Math.max(...latencies))}`} /> : null}
      <p class="foot">{pulse && p95 !== null ? <>p50 {millis(pulse.latency.p50)} · p99 {millis(pulse.latency.p99)}{pulse.lag !== null ? <> · {count(pulse.lag)} records behind</> : null}{gap !== null && gap >= 1 ? <> · windows wait {duration(gap)}</> : null}{pulse.latency.measured ? <><br />{pulse.latency.measured}</> : null}</> : <>No micro-batch has been measured. The trigger is {facts?.trigger ?? '–'}.</>}</p>
    </section>
  );
}
function Cost({ pulse }: { pulse: Maybe<Pulse> }) {
  const modes = [['stream', pulse?.stream_cost ?? null], ['batch', pulse?.batch_cost ?? null]] as const;
  const most = Math.max(...modes.map(([, it]) => it?.cpu_seconds_per_million ?? 0));
  const ratio = modes[0][1] && modes[1][1] && modes[1][1].cpu_seconds_per_million > 0 ? modes[0][1].cpu_seconds_per_million / modes[1][1].cpu_seconds_per_million : null;
  return (
    <section class="question">
      <h2>What does each cost?</h2>
      {most === 0 ? <p class="value none">–</p> : (
        <dl class="costs">{modes.map(([mode, it]) => (
          <div><dt><Mode mode={mode} /></dt><dd><strong>{decimal(it?.cpu_seconds_per_million)}</strong> CPU s per million<Bar share={(it?.cpu_seconds_per_million ?? 0) / most} tone={mode} /><span class="foot">{it ? `${count(it.records_per_second)} records/s` : 'not measured'}</span></dd></div>
        ))}</dl>
      )}
      <p class="foot">{ratio === null ? 'Neither mode has been measured in full.' : ratio >= 1 ? `A record costs the stream ${decimal(Math.round(ratio * 10) / 10)} times what it costs the batch.` : `A record costs the batch ${decimal(Math.round(10 / ratio) / 10)} times what it costs the stream.`}</p>
    </section>
  );
}
const FATES = ['counted', 'waiting', 'quarantined', 'duplicate', 'late', 'filtered', 'split'];

function Flow({ pulse }: { pulse: Maybe<Pulse> }) {
  const { place } = useSetting();
  const read = pulse?.fates.read ?? 0;
  if (!pulse || read === 0) return <Panel><Empty title="No record has been read yet">{pulse?.start ? 'The stream has just been started.' : <>Start the stream: <code>./tandem stream {place.pipeline}</code></>}</Empty></Panel>;
  const others = FATES.filter((it) => (pulse.fates[it] ?? 0) > 0 || ['counted', 'quarantined', 'duplicate', 'late'].includes(it));
  const sum = others.reduce((a, it) => a + (pulse.fates[it] ?? 0), 0);
  const link: Record<string, string> = { quarantined: href(place.pipeline, 'records', { kind: 'quarantine' }), late: href(place.pipeline, 'records', { kind: 'late' }), duplicate: href(place.pipeline, 'records', { kind: 'duplicate' }) };
  return (
    <Panel>
      <div class="flow">
        <div class="flow-read"><span class="flow-name">read</span><strong>{exact(read)}</strong>{pulse.stream === 'running' && <span class="foot">{count(pulse.records_per_second)} records/s now</span>}</div>
        <ul class="flow-fates">{others.map((it) => (
          <li><span class="flow-name">{link[it] ? <a href={link[it]}>{it}</a> : it}</span><strong>{exact(pulse.fates[it] ?? 0)}</strong><Bar share={Math.max((pulse.fates[it] ?? 0) / read, pulse.fates[it] ? 0.004 : 0)} tone={`fate-${it}`} /><span class="share">{percent(((pulse.fates[it] ?? 0) * 100) / read)}</span></li>
        ))}</ul>
      </div>
      <p class="note">{sum === read ? <Status word="agree" text="the fates sum to what was read" /> : <Status word="unexplained" text={`the fates sum to ${exact(sum)}, not to what was read`} />} · {count(pulse.open_windows)} windows open · {count(pulse.state_rows)} rows may still change</p>
    </Panel>
  );
}
function AllPipelines() {
  const { lines } = useSetting();
  return (
    <Panel>
      <Table label="All pipelines" heads={[{ name: 'pipeline' }, { name: 'verdict' }, { name: 'agreement', number: true }, { name: 'stream' }, { name: 'latency p95', number: true }, { name: 'records behind', number: true }, { name: 'batch' }]}
        rows={lines.map((it) => [<a href={href(it.name, 'overview')}>{it.name}</a>, <VerdictWord word={it.verdict} />, percent(it.percent), <Status word={it.stream} />, millis(it.latency_p95), count(it.lag), it.scheduler === 'nobody' ? `${it.schedule}; nobody runs it` : it.schedule])} />
    </Panel>
  );
}
