import { count, moment, percent, words } from '../format';
import { useAnswer } from '../live';
import { Bar, Empty, Find, Loaded, Panel, Tabs, useSetting } from '../parts';
import { refine } from '../place';
import type { Refusals } from '../types';

export function Records() {
  const { place, revision } = useSetting();
  const kind = place.query.get('kind') === 'late' ? 'late' : 'quarantine';
  const answer = useAnswer<Refusals>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/refusals/${kind}?most=200`, revision);
  return (
    <div class="wide">
      <h1 class="plain">Records</h1>
      <p class="lead">{kind === 'late' ? 'Records that the stream refused because their window had closed. The batch counts them.' : 'Records that a rule refused, in both modes alike, with their bytes as they arrived.'}</p>
      <Tabs label="Which records" value={kind} options={[['quarantine', 'Quarantine'], ['late', 'Late lane']]} change={(it) => refine(place, { kind: it, reason: '', find: '' })} />
      <Loaded from={answer}>{(data) => Object.keys(data.counts).length + data.samples.length === 0
        ? <Panel><Empty icon="✔" title={kind === 'late' ? 'No record came too late' : 'No record was refused'}>{kind === 'late' ? 'Every record came before its window closed.' : 'Every record passed every rule.'}</Empty></Panel>
        : <Shown data={data} late={kind === 'late'} />}</Loaded>
    </div>
  );
}
function Shown({ data, late }: { data: Refusals; late: boolean }) {
  const { place, zone } = useSetting();
  const reason = place.query.get('reason') ?? '';
  const text = place.query.get('find') ?? '';
  const total = Object.values(data.counts).reduce((a, b) => a + b, 0);
  const hits = data.samples.filter((it) => (!reason || it.reason === reason) && (!text || it.coordinates === text || it.raw.toLowerCase().includes(text.toLowerCase()) || it.detail.toLowerCase().includes(text.toLowerCase())));
  return (
    <>
      <Panel title={`${count(total)} ${late ? 'refusals, by view' : 'records, by rule'}`} sub="choose one to see its records alone">
        <ul class="reasons">{Object.entries(data.counts).map(([name, n]) => (
          <li><button type="button" aria-pressed={reason === name} onClick={() => refine(place, { reason: reason === name ? '' : name })}><span class="reason-name">{late ? name : words(name)}</span><Bar share={n / Math.max(...Object.values(data.counts))} tone={late ? 'fate-late' : 'fate-quarantined'} /><strong>{count(n)}</strong><span class="share">{percent((n * 100) / Math.max(1, total))}</span></button></li>
        ))}</ul>
      </Panel>
      <Panel title={`${count(hits.length)} samples`} sub={`the latest ${count(data.samples.length)}, the newest first · ${zone}`} tools={<Find label="coordinates or text" value={text} change={(it) => refine(place, { find: it })} />}>
        {hits.length === 0 ? <p class="note">No sample fits.{text ? ' Older records stand in the tables.' : ''}</p> : (
          <ul class="samples" aria-label="Records" tabIndex={0}>{hits.map((it) => (
            <li><details>
              <summary><code>{it.coordinates}</code><span class="reason-name">{late ? it.reason : words(it.reason)}</span><span class="detail">{it.detail}</span><time dateTime={it.at}>{moment(it.at, zone, 'second')}</time></summary>
              <pre tabIndex={0}>{it.raw}</pre>
              <p class="note">{it.event_time ? `event time ${moment(it.event_time, zone, 'second')} · ` : ''}micro-batch {count(it.micro_batch)}</p>
            </details></li>
          ))}</ul>
        )}
      </Panel>
    </>
  );
}
