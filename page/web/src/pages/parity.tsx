import { TradeOff } from '../convergence';
import { count, exact, moment, percent, signed, words } from '../format';
import { useAnswer } from '../live';
import { Choice, Empty, Find, Loaded, Mode, Panel, Section, Status, Table, useSetting } from '../parts';
import { href, refine } from '../place';
import type { Maybe, Report } from '../types';
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
            <Table label="Causes" heads={[{ name: 'cause' }, { name: 'records', number: true }, { name: 'rows', number: true }, { name: 'meaning' }, { name: 'mend' }]}
              rows={causes.map(([cause, it]) => [<a href={href(place.pipeline, 'parity', { cause })}>{words(cause)}</a>, count(it.records), count(it.rows), it.meaning, it.mend])} />
          )}</Panel>
        </Section>
        <Section title="Where?"><HeatStrip report={report} />
          <Panel><Table label="Views" heads={[{ name: 'view' }, { name: 'rows compared', number: true }, { name: 'the same', number: true }, { name: 'differ', number: true }, { name: 'still open', number: true }, { name: 'agreement', number: true }]}
            rows={Object.entries(report.views).map(([view, it]) => [<a href={href(place.pipeline, 'views', { view })}>{view}</a>, count(it.compared), count(it.agreeing), count(it.differing), count(it.open), it.compared ? percent((it.agreeing * 100) / it.compared) : '–'])} /></Panel>
        </Section>
        <Section title="By how much?" lead="Differences are stream − batch: negative where the stream lacks something.">
          {Object.keys(report.views).slice(0, 1).map((view) => <Overlay report={report} view={view} />)}
          <Differences report={report} />
        </Section>
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
/** Those that any record met, in the order in which they are decided. */
const fates = (report: Report) => ['read', 'counted', 'waiting', 'quarantined', 'duplicate', 'late', 'filtered', 'split']
  .filter((it) => it === 'read' || it === 'counted' || Object.values(report.conservation).some((of) => (of[it] ?? 0) > 0));

function Differences({ report }: { report: Report }) {
  const { place, zone } = useSetting();
  const view = place.query.get('view') ?? '';
  const cause = place.query.get('cause') ?? '';
  const text = (place.query.get('find') ?? '').toLowerCase();
  const hits = report.differences.filter((it) => (!view || it.view === view) && (!cause || cause in it.causes) && (!text || Object.values(it.key).join(' ').toLowerCase().includes(text)));
  const all: [string, string] = ['', 'all'];
  return (
    <Panel title={`${count(hits.length)} of ${count(report.differences.length)} differences`} sub="the worst; differences.csv beside the report has all"
      tools={<>
        <Choice label="view" value={view} options={[all, ...Object.keys(report.views).map((it): [string, string] => [it, it])]} change={(it) => refine(place, { view: it })} />
        <Choice label="cause" value={cause} options={[all, ...Object.keys(report.causes).map((it): [string, string] => [it, words(it)])]} change={(it) => refine(place, { cause: it })} />
        <Find label="key contains" value={place.query.get('find') ?? ''} change={(it) => refine(place, { find: it })} />
      </>}>
      {report.differences.length === 0 ? <Empty icon="✔" title="No number differs" /> : (
        <Table fixed label="Differences" none="No difference fits." heads={[{ name: 'window' }, { name: 'view' }, { name: 'key' }, { name: 'measure' }, { name: 'stream', number: true }, { name: 'batch', number: true }, { name: 'Δ', number: true }, { name: 'Δ %', number: true }, { name: 'because' }, { name: 'records' }]}
          rows={hits.slice(0, 100).map((it) => [it.start ? moment(it.start, zone) : 'everything', it.view, Object.values(it.key).join(' · ') || '–', it.measure, exact(it.stream), exact(it.batch), signed(it.difference), signed(it.percent),
            Object.entries(it.causes).map(([name, n]) => `${words(name)} ${count(n)}`).join(', ') || '–',
            <span class="coordinates">{it.records.slice(0, 3).map((at) => <a href={href(place.pipeline, 'records', { kind: 'late', find: at })}>{at}</a>)}{it.records.length > 3 ? ` and ${it.records.length - 3} more` : ''}</span>])} />
      )}
    </Panel>
  );
}
