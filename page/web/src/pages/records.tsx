import { InCommon } from '../common';
import { count, moment, percent, words } from '../format';
import { useAnswer } from '../live';
import { Bar, Empty, Find, Loaded, Panel, Tabs, useSetting } from '../parts';
import { refine, traceHref } from '../place';
import type { Maybe, Refusals, Report } from '../types';
import { FindRecord } from './trace';

type Kind = 'quarantine' | 'late' | 'duplicate';
const KINDS: Record<Kind, { tab: string; lead: string; none: string; reason: string; counted: string; noun: string; tone: string }> = {
  quarantine: { tab: 'Quarantine', lead: 'Records that a rule refused, in both modes alike, with their bytes as they arrived.', none: 'No record was refused', reason: 'Every record passed every rule.', counted: 'by rule', noun: 'quarantined record', tone: 'fate-quarantined' },
  late: { tab: 'Late', lead: 'Records that the stream refused because their window had closed. The batch counts them.', none: 'No record came too late', reason: 'Every record came before its window closed.', counted: 'refusals by view: a record that several windows or views refused is there several times', noun: 'late record', tone: 'fate-late' },
  duplicate: { tab: 'Duplicates', lead: 'Records whose key had come before. The first copy counts, unless the definition keeps the last.', none: 'No record came twice', reason: 'Every key came once.', counted: 'by partition', noun: 'duplicate', tone: 'fate-duplicate' },
};

export function Records() {
  const { place, revision } = useSetting();
  const kind = (Object.keys(KINDS) as Kind[]).find((it) => it === place.query.get('kind')) ?? 'quarantine';
  const answer = useAnswer<Refusals>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/refusals/${kind}?most=200`, revision);
  const report = useAnswer<Maybe<Report>>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/report`, revision);
  return (
    <div class="wide">
      <h1 class="plain">Records</h1>
      <p class="lead">{KINDS[kind].lead}</p>
      <div class="records-head">
        <Tabs label="Which records" value={kind} options={Object.entries(KINDS).map(([it, { tab }]) => [it, tab])} change={(it) => refine(place, { kind: it, reason: '', find: '' })} />
        <FindRecord />
      </div>
      <Loaded from={answer}>{(data) => Object.keys(data.counts).length + data.samples.length === 0
        ? <Panel><Empty icon="✔" title={KINDS[kind].none}>{KINDS[kind].reason}</Empty></Panel>
        : <><InCommon common={report.data?.common} pipeline={place.pipeline} only={kind} /><Shown data={data} kind={kind} /></>}</Loaded>
    </div>
  );
}
function Shown({ data, kind }: { data: Refusals; kind: Kind }) {
  const named = (it: string) => (kind === 'quarantine' ? words(it) : it);
  const { place, zone } = useSetting();
  const reason = place.query.get('reason') ?? '';
  const text = place.query.get('find') ?? '';
  const listed = Object.values(data.counts).reduce((a, b) => a + b, 0);
  const hits = data.samples.filter((it) => (!reason || it.reason === reason) && (!text || it.coordinates === text || it.raw.toLowerCase().includes(text.toLowerCase()) || it.detail.toLowerCase().includes(text.toLowerCase())));
  return (
    <>
      <Panel title={`${count(data.total)} ${KINDS[kind].noun}${data.total === 1 ? '' : 's'}`} sub={`${KINDS[kind].counted}; choose one to see its records alone`}>
        {listed < data.total ? <p class="note">The database lists {count(listed)} of them, up to 100 of a micro-batch and partition. The counts below are of this sample; the landed log has all.</p> : null}
        <ul class="reasons">{Object.entries(data.counts).map(([name, n]) => (
          <li><button type="button" aria-pressed={reason === name} onClick={() => refine(place, { reason: reason === name ? '' : name })}><span class="reason-name">{named(name)}</span><Bar share={n / Math.max(...Object.values(data.counts))} tone={KINDS[kind].tone} /><strong>{count(n)}</strong><span class="share">{percent((n * 100) / Math.max(1, listed))}</span></button></li>
        ))}</ul>
      </Panel>
      <Panel title={`${count(hits.length)} samples`} sub={`the latest ${count(data.samples.length)}, the newest first · ${zone}`} tools={<Find label="coordinates or text" value={text} change={(it) => refine(place, { find: it })} />}>
        {hits.length === 0 ? <p class="note">No sample fits.{text ? ' Older records stand in the tables.' : ''}</p> : (
          <ul class="samples" aria-label="Records" tabIndex={0}>{hits.map((it) => (
            <li><details>
              <summary><code>{it.coordinates}</code><span class="reason-name">{named(it.reason)}</span><span class="detail">{it.detail}</span><time dateTime={it.at}>{moment(it.at, zone, 'second')}</time></summary>
              <pre tabIndex={0}>{it.raw}</pre>
              <p class="note">{it.event_time ? `event time ${moment(it.event_time, zone, 'second')} · ` : ''}micro-batch {count(it.micro_batch)} · <a href={traceHref(place.pipeline, it.coordinates)}>What became of it</a></p>
            </details></li>
          ))}</ul>
        )}
      </Panel>
    </>
  );
}
