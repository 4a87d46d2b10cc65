import { InCommon } from '../common';
import { TradeOff } from '../convergence';
import { count, exact, moment, paired, percent, signed, words } from '../format';
import { useAnswer } from '../live';
import { AsTable, Choice, Empty, Find, Loaded, Mode, Panel, Section, Spark, Status, Table, useSetting } from '../parts';
import { href, refine, traceHref, whyHref } from '../place';
import type { Comparison, DifferingRow, DifferingRows, Maybe, Report } from '../types';
import { HeatStrip, Overlay } from '../windows';
import { VerdictBand } from './overview';

export function Parity() {
  const { place, revision } = useSetting();
  const report = useAnswer<Maybe<Report>>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/report`, revision);
  if (report.data) return <Told report={report.data} />;
  if (report.error || report.loading) return <div class="wide"><h1 class="plain">Parity</h1><Loaded from={report}>{() => null}</Loaded></div>;
  return <><VerdictBand report={null} /><div class="wide"><Panel><Empty title="Nothing has been compared yet">When both modes have run: <code>./tandem compare {place.pipeline}</code></Empty></Panel></div></>;
}
function Told({ report }: { report: Report }) {
  const { place } = useSetting();
  const causes = Object.entries(report.causes);
  return (
    <>
      <VerdictBand report={report} />
      <div class="wide">
        <ul class="targets">{report.targets.map((it) => <li><Status word={it.met ? 'agree' : 'unexplained'} text={it.met ? 'met' : 'missed'} /> <strong>{it.name}</strong> asked {it.asked}, reached {it.reached}</li>)}</ul>
        <Section title="Why?" lead="Each cause, the records behind it, and the setting that would have made it go away.">
          <Panel>{causes.length === 0 ? <Empty icon="✔" title="No difference needs a cause" /> : (
            <Table label="Causes" heads={[{ name: 'cause' }, { name: 'records', number: true }, { name: 'rows', number: true }, { name: 'meaning' }, { name: 'hint' }]}
              rows={causes.map(([cause, it]) => [<a href={href(place.pipeline, 'parity', { cause })}>{words(cause)}</a>, count(it.records), count(it.rows), it.meaning, it.hint])} />
          )}<Price report={report} /></Panel>
          <InCommon common={report.common} pipeline={place.pipeline} />
        </Section>
        <Section title="Where?"><HeatStrip report={report} />
          <Panel><Table label="Views" heads={[{ name: 'view' }, { name: 'rows compared', number: true }, { name: 'the same', number: true }, { name: 'differ', number: true }, { name: 'still open', number: true }, { name: 'agreement', number: true }]}
            rows={Object.entries(report.views).map(([view, it]) => [<a href={href(place.pipeline, 'views', { view })}>{view}</a>, count(it.compared), count(it.agreeing), count(it.differing), count(it.open), it.compared ? percent((it.agreeing * 100) / it.compared) : '–'])} /></Panel>
          <Partitions report={report} />
        </Section>
        <Section title="By how much?" lead="Differences are batch − stream: positive where the stream lacks something.">
          {Object.keys(report.views).slice(0, 1).map((view) => <Overlay report={report} view={view} />)}
          <Differences report={report} />
        </Section>
        <OverTime />
        <TradeOff report={report} />
        <Section title="Is it all there?" lead="Each record has one fate in each mode; they sum to what was read.">
          <Panel><Table label="Fates in both modes" heads={[{ name: 'mode' }, ...fates(report).map((it) => ({ name: it, number: true }))]}
            rows={Object.entries(report.conservation).sort(([a], [b]) => b.localeCompare(a)).map(([mode, of]) => [<Mode mode={mode} />, ...fates(report).map((it) => exact(of[it] ?? 0))])} /></Panel>
          <p class="note">Again: {report.commands.map((it) => <code>{it}</code>)} · {Object.entries(report.versions).map(([name, version]) => `${name} ${version}`).join(' · ')}</p>
        </Section>
      </div>
    </>
  );
}
/** How far apart in event time the partitions of a topic lie; opened where that makes records late. */
function Partitions({ report }: { report: Report }) {
  const { zone } = useSetting();
  const partitions = report.cut?.partitions ?? [];
  const apart = report.cut?.apart ?? null;
  if (partitions.length < 2) return null;
  const table = (
    <Table label="Event time by partition" heads={[{ name: 'partition' }, { name: 'first event' }, { name: 'last event' }, { name: 'records', number: true }, { name: 'late', number: true }]}
      rows={partitions.map((it) => [apart?.partitions.includes(it.partition) ? <Status word="attention" text={String(it.partition)} /> : String(it.partition), moment(it.first_event, zone, 'second'), moment(it.last_event, zone, 'second'), count(it.records), count(it.late)])} />
  );
  return apart
    ? <Panel title="Partitions lie apart in event time" sub={`${apart.sentence} Times in ${zone}.`}>{table}</Panel>
    : <details class="as-table"><summary>Event time by partition</summary><Panel sub={`times in ${zone}`}>{table}</Panel></details>;
}
/** How to learn what the delay costs that would have kept all late records. */
function Price({ report }: { report: Report }) {
  const { place } = useSetting();
  const seconds = Math.max(0, ...Object.keys(report.late_by_missing_delay_seconds ?? {}).map(Number));
  return seconds === 0 ? null : <p class="note">What a delay that keeps all late records would cost, counted again from the landed log: <code>{`./tandem explain ${place.pipeline} --try delay=+${seconds}s`}</code></p>;
}
/** Those that any record met, in the order in which they are decided. */
const fates = (report: Report) => ['read', 'counted', 'waiting', 'quarantined', 'duplicate', 'late', 'filtered', 'split']
  .filter((it) => it === 'read' || it === 'counted' || Object.values(report.conservation).some((of) => (of[it] ?? 0) > 0));

/** Each comparison as it was: the share of rows that agree, what nothing explained, and the causes. */
function OverTime() {
  const { place, revision, zone } = useSetting();
  const answer = useAnswer<Comparison[]>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/comparisons`, revision);
  const all = answer.data ?? [];
  if (all.length < 2) return null;
  const causes = [...new Set(all.flatMap((it) => Object.keys(it.causes)))];
  const bad = all.filter((it) => it.unexplained > 0).length;
  const sparks: [string, number[], string][] = [
    ['rows that do not agree, %', all.map((it) => 100 - it.percent), `between ${percent(Math.min(...all.map((it) => 100 - it.percent)))} and ${percent(Math.max(...all.map((it) => 100 - it.percent)))}`],
    ['unexplained rows', all.map((it) => it.unexplained), bad === 0 ? 'always 0' : `in ${count(bad)} of ${count(all.length)} comparisons`],
    ...causes.map((cause): [string, number[], string] => [`records ${words(cause)}`, all.map((it) => it.causes[cause] ?? 0), `at most ${count(Math.max(...all.map((it) => it.causes[cause] ?? 0)))}`]),
  ];
  return (
    <Section title="Over time" lead={`The last ${count(all.length)} comparisons, the latest on the right.`}>
      <Panel>
        <div class="sparks">{sparks.map(([name, values, told]) => <div><p>{name}</p><Spark values={values} label={`${name} over ${values.length} comparisons, ${told}`} /><p class="foot">{told}</p></div>)}</div>
        <AsTable label="Comparisons" file="comparisons" heads={[{ name: 'compared' }, { name: 'verdict' }, { name: 'rows', number: true }, { name: 'agree', number: true }, { name: 'unexplained', number: true }, ...causes.map((it) => ({ name: words(it), number: true }))]}
          rows={() => [...all].reverse().map((it) => [moment(it.at, zone, 'second'), words(it.verdict), it.compared_rows, it.agreeing_rows, it.unexplained, ...causes.map((cause) => it.causes[cause] ?? 0)])} />
      </Panel>
    </Section>
  );
}
const PAGE = 25;
const ORDERS: [string, string][] = [['percent', 'percent'], ['amount', 'amount'], ['window', 'window']];

/** All rows that differ, as the server filters, sorts and pages them. */
function Differences({ report }: { report: Report }) {
  const { place, revision } = useSetting();
  const asked = (name: string) => place.query.get(name) ?? '';
  const from = Number(asked('from')) || 0;
  const query = new URLSearchParams({ view: asked('view'), cause: asked('cause'), start: asked('start'), find: asked('find'), order: asked('order'), from: String(from), most: String(PAGE) });
  const answer = useAnswer<Maybe<DifferingRows>>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/differences?${query}`, revision);
  const all: [string, string] = ['', 'all'];
  const narrow = (change: Record<string, string>) => refine(place, { ...change, from: '' });
  const data = answer.data;
  if (!data && !answer.loading && !answer.error) return <Panel><p class="note">An older version compared last; compare again to see each row: <code>./tandem compare {place.pipeline}</code></p></Panel>;
  return (
    <Panel title={data ? data.fitting === data.total ? `${count(data.total)} rows differ` : `${count(data.fitting)} of ${count(data.total)} rows that differ` : 'Rows that differ'} sub="one line for each row; Δ is batch − stream"
      tools={<>
        <Choice label="view" value={asked('view')} options={[all, ...Object.keys(report.views).map((it): [string, string] => [it, it])]} change={(it) => narrow({ view: it, start: '' })} />
        <Choice label="cause" value={asked('cause')} options={[all, ...Object.keys(report.causes).map((it): [string, string] => [it, words(it)])]} change={(it) => narrow({ cause: it })} />
        <Choice label="worst by" value={asked('order') || 'percent'} options={ORDERS} change={(it) => narrow({ order: it })} />
        <Find label="key contains" value={asked('find')} change={(it) => narrow({ find: it })} />
        {asked('start') ? <button type="button" onClick={() => narrow({ start: '' })}>all windows</button> : null}
      </>}>
      <Loaded from={answer}>{(it) => (it === null || it.total === 0 ? <Empty icon="✔" title="No row differs" /> : <Rows rows={it.rows} />)}</Loaded>
      {data && data.fitting > PAGE ? (
        <p class="pages"><button type="button" disabled={from === 0} onClick={() => refine(place, { from: String(Math.max(0, from - PAGE)) })}>Previous</button> rows {count(from + 1)} to {count(Math.min(data.fitting, from + PAGE))} of {count(data.fitting)} <button type="button" disabled={from + PAGE >= data.fitting} onClick={() => refine(place, { from: String(from + PAGE) })}>Next</button></p>
      ) : null}
    </Panel>
  );
}
function Rows({ rows }: { rows: DifferingRow[] }) {
  const { place, zone } = useSetting();
  return (
    <Table label="Differences" none="No row fits." heads={[{ name: 'window' }, { name: 'view' }, { name: 'key' }, { name: 'numbers' }, { name: 'because' }, { name: 'records' }, { name: 'why' }]}
      rows={rows.map((it) => [it.start ? moment(it.start, zone) : 'everything', it.view, Object.values(it.key).join(' · ') || '–',
        <span class="cells">{it.measures.map((one) => <Both cell={one} gone={{ stream: it.measures.every((each) => each.stream === null), batch: it.measures.every((each) => each.batch === null) }} />)}</span>,
        Object.entries(it.causes).map(([name, n]) => `${words(name)} ${count(n)}`).join(', ') || '–',
        <span class="coordinates">{it.records.slice(0, 2).map((at) => <a href={traceHref(place.pipeline, at)}>{at}</a>)}{it.records.length > 2 ? `and ${count(it.records.length - 2)} more` : ''}</span>,
        <a class="why" href={whyHref(place.pipeline, it)} aria-label={`Why does ${Object.values(it.key).join(' ') || 'this row'} differ?`}>Why?</a>])} />
  );
}
/** {@code gone} tells which mode has no such row; a single missing value is null. */
function Both({ cell: it, gone }: { cell: DifferingRow['measures'][number]; gone: { stream: boolean; batch: boolean } }) {
  // The percentage is told without a sign; it has that of the difference.
  const share = it.percent === null ? null : Math.abs(Number(it.percent)) * (Number(it.difference) < 0 ? -1 : 1);
  const apart = [it.difference === null ? '' : signed(Number(it.difference)), share === null ? '' : `${signed(share)} %`].filter((one) => one).join(', ');
  const [one, other] = paired(it.stream, it.batch);
  const told = (value: string | null, short: string, lacks: boolean) => (value === null ? <span class="missing">{lacks ? 'no row' : 'null'}</span> : <span title={value}>{short}</span>);
  return <span class="both"><span class="sub">{it.measure}</span> <span class="mode stream" title="stream"><span aria-hidden="true">●</span><span class="visually-hidden">stream</span></span> {told(it.stream, one, gone.stream)} <span class="mode batch" title="batch"><span aria-hidden="true">□</span><span class="visually-hidden">batch</span></span> {told(it.batch, other, gone.batch)} {apart ? <span class="sub">Δ {apart}</span> : null}</span>;
}
