import { count, decimal, moment } from '../format';
import { useAnswer } from '../live';
import { Bar, Choice, Empty, Find, Loaded, Panel, Status, Table, useSetting } from '../parts';
import { href, refine } from '../place';
import type { Message, TopicLine } from '../types';

const held = (it: TopicLine) => it.partitions.reduce((sum, p) => sum + p.until - p.from, 0);
const behind = (lag: Record<string, number>) => Object.values(lag).reduce((a, b) => a + b, 0);
const TONE: Record<string, string> = { stable: 'fine', empty: 'stopped', dead: 'broken', running: 'running', stopped: 'stopped', failed: 'failed' };

export function Topics() {
  const { place, revision, facts } = useSetting();
  const topics = useAnswer<TopicLine[]>('/topics', revision);
  return (
    <div class="wide">
      <h1 class="plain">Topics</h1>
      <p class="lead">What the broker holds, who reads it and how far each reader is behind.</p>
      <Loaded from={topics}>{(data) => {
        if (data.length === 0) return <Panel><Empty title={facts && facts.topics.length === 0 ? 'This pipeline has no topic' : 'No broker is running here'}>{facts && facts.topics.length === 0 ? <>It reads {facts.source}.</> : <>A demo's broker ends with it; <code>./tandem up {place.pipeline}</code> starts one to stay.</>}</Empty></Panel>;
        const chosen = data.find((it) => it.name === place.query.get('topic')) ?? data.find((it) => facts?.topics.includes(it.name)) ?? data[0]!;
        return (
          <>
            <Panel><Table label="Topics" heads={[{ name: 'topic' }, { name: 'partitions', number: true }, { name: 'messages', number: true }, { name: 'per second', number: true }, { name: 'groups', number: true }, { name: 'furthest behind', number: true }]}
              rows={data.map((it) => [<a href={href(place.pipeline, 'topics', { topic: it.name })} aria-current={it === chosen ? 'true' : undefined}>{it.name}</a>, count(it.partitions.length), count(held(it)), decimal(it.records_per_second), count(it.groups.length), it.groups.length ? count(Math.max(...it.groups.map((g) => behind(g.lag)))) : '–'])} /></Panel>
            <Chosen topic={chosen} />
          </>
        );
      }}</Loaded>
    </div>
  );
}
function Chosen({ topic }: { topic: TopicLine }) {
  const most = Math.max(1, ...topic.partitions.map((it) => it.until - it.from));
  return (
    <>
      <h2 class="chosen">{topic.name}</h2>
      <div class="side">
        <Panel title="Partitions" sub={Object.entries(topic.settings).map(([name, value]) => `${name} ${value}`).join(' · ')}>
          <Table label={`Partitions of ${topic.name}`} heads={[{ name: 'partition' }, { name: 'from', number: true }, { name: 'until', number: true }, { name: 'messages' }]}
            rows={topic.partitions.map((it) => [String(it.number), count(it.from), count(it.until), <span class="barred">{count(it.until - it.from)}<Bar share={(it.until - it.from) / most} tone="counted" /></span>])} />
        </Panel>
        <Panel title="Consumer groups" sub="records behind the end, by partition">
          <Table label={`Groups of ${topic.name}`} none="Nobody reads this topic as a group." heads={[{ name: 'group' }, { name: 'state' }, { name: 'behind', number: true }, { name: 'by partition' }]}
            rows={topic.groups.map((it) => [it.name, <Status word={TONE[it.state] ?? 'stopped'} text={it.state} />, count(behind(it.lag)), Object.entries(it.lag).map(([p, n]) => `${p}: ${count(n)}`).join(' · ')])} />
        </Panel>
      </div>
      <Messages topic={topic} />
    </>
  );
}
function Messages({ topic }: { topic: TopicLine }) {
  const { place, revision, zone } = useSetting();
  const answer = useAnswer<Message[]>(`/topics/${encodeURIComponent(topic.name)}/messages?most=100`, revision);
  const text = (place.query.get('find') ?? '').toLowerCase();
  const partition = place.query.get('partition') ?? '';
  return (
    <Loaded from={answer}>{(data) => {
      const hits = data.filter((it) => (!partition || String(it.partition) === partition) && (!text || `${it.key ?? ''} ${it.value ?? ''}`.toLowerCase().includes(text)));
      return (
        <Panel title={`${count(hits.length)} of the last ${count(data.length)} messages`} sub={`the newest first · ${zone}`}
          tools={<><Choice label="partition" value={partition} options={[['', 'all'], ...topic.partitions.map((it): [string, string] => [String(it.number), String(it.number)])]} change={(it) => refine(place, { partition: it })} /><Find label="key or value contains" value={place.query.get('find') ?? ''} change={(it) => refine(place, { find: it })} /></>}>
          {data.length === 0 ? <Empty title="This topic is empty" /> : hits.length === 0 ? <p class="note">No message fits.</p> : (
            <ul class="samples" aria-label="Messages" tabIndex={0}>{hits.map((it) => (
              <li><details>
                <summary><code>{it.partition}:{it.offset}</code><span class="reason-name">{it.key ?? 'no key'}</span><span class="detail">{it.value === null ? 'no value' : it.value.slice(0, 160)}</span><time dateTime={it.at}>{moment(it.at, zone, 'second')}</time></summary>
                <pre tabIndex={0}>{it.value ?? 'no value: a tombstone'}</pre>
                <p class="note">{count(it.bytes)} bytes{Object.entries(it.headers).map(([name, value]) => ` · ${name}: ${value}`)}</p>
              </details></li>
            ))}</ul>
          )}
        </Panel>
      );
    }}</Loaded>
  );
}
