import { useState } from 'preact/hooks';
import { ago, count, duration, exact, millis, moment, retold, words } from '../format';
import { useAnswer } from '../live';
import { Empty, Loaded, Mode, Panel, Section, Status, Table, useSetting } from '../parts';
import { href, refine, traceHref, whyHref } from '../place';
import type { Bridge, CauseRecord, Explained, ExplainedCause, ExplainedMode, Explanation, Trial } from '../types';

const FEW = '5';
const MANY = '100';

/** From the stream's number to the batch's, cause by cause and record by record. */
export function Why() {
  const { place } = useSetting();
  const query = new URLSearchParams(place.query);
  query.delete('delay');
  if (!query.has('records')) query.set('records', FEW);
  // Asked once: the answer tells where both modes stood, and a question costs seconds.
  const answer = useAnswer<Explained>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/why?${query}`, '');
  return (
    <div class="wide">
      <h1 class="plain">Why?</h1>
      {answer.loading && !answer.data ? <p class="lead" role="status">Counting the row again from the landed log. The first question starts Spark, which takes some seconds.</p> : null}
      <Loaded from={answer}>{(data) => <><Told data={data} /><Try /></>}</Loaded>
    </div>
  );
}
/** What a longer delay would have kept and cost. Asked for only on demand: the whole log is counted twice. */
function Try() {
  const { place } = useSetting();
  const asked = place.query.get('delay') ?? '';
  const [text, type] = useState(asked);
  const go = () => { if (text.trim()) refine(place, { delay: text.trim() }); };
  return (
    <Section title="Had the stream waited longer" lead="Counts the landed log again with another watermark delay, in the micro-batches that the stream had. Nothing is estimated, and nothing is written.">
      <Panel>
        <div class="find-record">
          <label class="choice">watermark delay <input type="text" size={12} value={text} placeholder="5m or +90s" onInput={(e) => type((e.target as HTMLInputElement).value)} onKeyDown={(e) => { if (e.key === 'Enter') go(); }} /></label>
          <button type="button" onClick={go}>Try it</button>
        </div>
        {asked ? <Tried key={asked} /> : null}
      </Panel>
    </Section>
  );
}
function Tried() {
  const { place } = useSetting();
  const answer = useAnswer<Trial>(`/pipelines/${encodeURIComponent(place.pipeline ?? '')}/try?${new URLSearchParams(place.query)}`, '');
  return (
    <>
      {answer.loading && !answer.data ? <p class="note" role="status">Counting the landed log again, twice.</p> : null}
      <Loaded from={answer}>{(data) => (
        <>
          <dl class="facts">
            <dt>delay</dt><dd>{duration(data.delay_ms / 1000)} instead of {duration(data.delay_before_ms / 1000)}</dd>
            <dt>late records</dt><dd>{count(data.before.late + data.before.late_partial)} before, {count(data.then.late + data.then.late_partial)} then; also those that another window took</dd>
            <dt>final</dt><dd>windows close {duration(data.later.median_ms / 1000)} later in event time (the middle one of {count(data.later.windows)}), at most {duration(data.later.most_ms / 1000)}</dd>
            <dt>state</dt><dd>at most {count(data.then.groups)} open groups and {count(data.then.keys)} dedup keys at once; {count(data.before.groups)} and {count(data.before.keys)} before</dd>
            <dt>numbers</dt><dd>{count(data.changed)} of {count(data.rows)} rows that fit change; {count(data.become_equal)} become what the batch has{data.become_unequal ? `, ${count(data.become_unequal)} become other than it` : ''}</dd>
          </dl>
          {data.faithful ? null : <p class="note">The count with the delay as it was is not what the ledger says: the stream was run with another one.</p>}
          {data.largest.length ? <Table label="Rows that change" heads={[{ name: 'window' }, { name: 'view' }, { name: 'key' }, { name: 'measure' }, { name: 'stream', number: true }, { name: 'then', number: true }, { name: 'batch', number: true }]}
            rows={data.largest.flatMap((it) => it.measures.map((one) => [<When start={it.window_start} end={it.window_end} />, it.view, key(it.key), one.measure, value(one.stream), value(one.then), value(one.batch)]))} /> : null}
        </>
      )}</Loaded>
    </>
  );
}
function Told({ data }: { data: Explained }) {
  const { place } = useSetting();
  return (
    <>
      {data.explained.length === 0
        ? <Panel><Empty icon="✔" title="Both modes have the same number">{count(data.asked)} rows fit, and none of them differs.</Empty></Panel>
        : data.explained.map((it) => <Row explanation={it} />)}
      {data.asked > 1 ? (
        <Section title="Other rows that fit" lead={`${count(data.differing)} of ${count(data.asked)} rows differ; the worst first.`}>
          <Panel><Table label="Rows that fit" heads={[{ name: 'window' }, { name: 'view' }, { name: 'key' }, { name: 'measure' }, { name: 'stream', number: true }, { name: 'batch', number: true }, { name: 'from stream to batch', number: true }, { name: 'why' }]}
            rows={data.rows.map((it, at) => [<When start={it.window_start} end={null} />, it.view, key(it.key), it.measure, value(it.stream), value(it.batch), amount(it.difference),
              at + 1 === data.chosen ? 'above' : <a href={whyHref(place.pipeline, { view: it.view, start: it.window_start, key: it.key })}>Why?</a>])} /></Panel>
        </Section>
      ) : null}
    </>
  );
}
function Row({ explanation: it }: { explanation: Explanation }) {
  const { place } = useSetting();
  const agrees = it.measures.every((one) => one.stream === one.batch);
  const whole = it.measures.every((one) => one.complete);
  return (
    <>
      <p class="lead row-asked"><strong>{it.view}</strong> · <When start={it.window_start} end={it.window_end} /> · {key(it.key)} {it.closed ? null : <Status word="open" text="the window is open: the stream may still change this row" />}</p>
      <p>{agrees ? <Status word="agree" text="both modes have the same numbers" /> : whole ? <Status word="explained" text="every difference is explained, 0 unexplained" /> : <Status word="unexplained" text="something is left unexplained" />}</p>
      <div class="stood"><Stood mode="stream" at={it.stream} verb="committed" /><Stood mode="batch" at={it.batch} verb="ended" /></div>
      <div class="bridges">{it.measures.map((one) => <BridgePanel bridge={one} causes={it.causes} />)}</div>
      {it.causes.map((one) => <Records cause={one} />)}
      <p class="note">The same in a terminal: <code>{command(place.pipeline ?? '', it)}</code> <a href={href(place.pipeline, 'views', { view: it.view, window: it.window_start ?? '' })}>The view at this window</a></p>
    </>
  );
}
function Stood({ mode, at, verb }: { mode: 'stream' | 'batch'; at: ExplainedMode; verb: string }) {
  const { zone, now } = useSetting();
  const positions = Object.entries(at.positions).map(([partition, position]) => `${partition}:${exact(position)}`).join(' ');
  return (
    <dl class="panel facts">
      <dt><Mode mode={mode} /></dt><dd>{at.row ? 'has the row' : 'has no such row'}</dd>
      <dt>micro-batch</dt><dd>{count(at.micro_batch)}, {verb} {ago(at.at, now)}</dd>
      <dt>watermark</dt><dd>{at.watermark ? `${moment(at.watermark, zone, 'second')} ${zone}` : 'none'}</dd>
      <dt>read to</dt><dd>{positions || '–'}</dd>
      <dt>definition</dt><dd><code>{at.definition.slice(0, 12)}</code></dd>
    </dl>
  );
}
function BridgePanel({ bridge: it, causes }: { bridge: Bridge; causes: ExplainedCause[] }) {
  const largest = Math.max(...it.steps.map((step) => Math.abs(Number(step.amount ?? 0))), 0);
  const meaning = (cause: string) => causes.find((one) => one.cause === cause)?.meaning ?? '';
  return (
    <Panel title={`${it.measure}: ${text(it.stream)} in the stream, ${text(it.batch)} in the batch${it.difference === null ? '' : ` (${amount(it.difference)})`}`}
      sub={it.additive || it.steps.length < 2 ? undefined : 'each cause is put in after those above it; in another order the amounts would differ'}>
      <Table label={`Bridge of ${it.measure}`} heads={[{ name: 'because' }, { name: 'changes it by', number: true }, { name: '' }, { name: 'then', number: true }, { name: 'records', number: true }]}
        rows={[
          [<Mode mode="stream" />, '', '', value(it.stream), ''],
          ...it.steps.map((step) => [<span title={meaning(step.cause)}>{words(step.cause)}</span>, amount(step.amount), <Step amount={Number(step.amount ?? 0)} largest={largest} />, value(step.to), step.records ? count(step.records) : '']),
          ['unexplained', it.complete ? '0' : <Status word="unexplained" text={amount(it.unexplained)} />, '', '', ''],
          [<Mode mode="batch" />, '', '', value(it.batch), ''],
        ]} />
    </Panel>
  );
}
/** A bar from the middle, to the right where the number grows. */
function Step({ amount: of, largest }: { amount: number; largest: number }) {
  if (of === 0 || largest === 0) return null;
  const width = Math.max(1, (Math.abs(of) * 50) / largest);
  return <span class="step" aria-hidden="true"><span class={of < 0 ? 'less' : 'more'} style={{ left: `${of < 0 ? 50 - width : 50}%`, width: `${width}%` }} /></span>;
}
function Records({ cause }: { cause: ExplainedCause }) {
  const { place, zone } = useSetting();
  const left = cause.records - cause.first.length;
  const change = cause.first.map((it) => it.arguments);
  const measures = [...new Set(change.flatMap((it) => Object.keys(it)))];
  return (
    <Panel title={`${words(cause.cause)}: ${left > 0 ? `${count(cause.first.length)} of ` : ''}${count(cause.records)} ${cause.records === 1 ? 'record' : 'records'}`} sub={`${cause.meaning}. To change it: ${cause.hint}`}
      tools={left > 0 && place.query.get('records') !== MANY ? <button type="button" onClick={() => refine(place, { records: MANY })}>Show more</button> : null}>
      <Table label={`Records behind ${words(cause.cause)}`} heads={[{ name: 'record' }, { name: 'event' }, { name: 'arrived' }, { name: 'micro-batch', number: true }, { name: 'stream' }, { name: 'batch' }, ...measures.map((it) => ({ name: it, number: true })), { name: 'bytes' }]}
        rows={cause.first.map((it) => [<Coordinates of={it} />, <Time at={it.event_time} />, <span>{it.arrival ? <Time at={it.arrival} /> : '–'}{it.lateness_ms !== null ? <span class="sub"> {late(it.lateness_ms)}</span> : null}</span>, count(it.micro_batch), retold(it.stream, zone), retold(it.batch, zone),
          ...measures.map((name) => value(it.arguments[name] ?? null)), <details><summary>{it.raw.slice(0, 28)}{it.raw.length > 28 ? '…' : ''}</summary><pre tabIndex={0}>{it.raw}</pre></details>])} />
    </Panel>
  );
}
const late = (ms: number): string => (ms < 0 ? `${millis(-ms)} before it` : `${ms < 60_000 ? millis(ms) : duration(ms / 1000)} after it`);

export function Coordinates({ of: it }: { of: Pick<CauseRecord, 'partition' | 'position'> }) {
  const { place } = useSetting();
  const at = `${it.partition}-${it.position}`;
  return <a href={traceHref(place.pipeline, at)} title="What became of this record"><code>{at}</code></a>;
}
export function Time({ at }: { at: string }) {
  const { zone } = useSetting();
  return <time dateTime={at} title={`${at} · shown in ${zone}`}>{moment(at, zone, 'second')}</time>;
}
export function When({ start, end }: { start: string | null; end: string | null }) {
  const { zone } = useSetting();
  if (!start) return <>everything</>;
  const [from, to] = [moment(start, zone), end ? moment(end, zone) : ''];
  return <time dateTime={start} title={`${start}${end ? ` to ${end}` : ''}`}>{from}{to ? `–${to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to}` : ''}{end ? ` ${zone}` : ''}</time>;
}
export const key = (of: Record<string, string>): string => Object.entries(of).map(([name, it]) => `${name} = ${it === '' ? '(empty)' : it}`).join(' · ') || 'all keys';
export const value = (it: string | null) => (it === null ? <span class="missing">–</span> : exact(it));
const text = (it: string | null): string => (it === null ? 'no row' : exact(it));
function amount(it: string | null): string {
  if (it === null) return '';
  return it.startsWith('-') || /^0(\.0*)?$/.test(it) ? exact(it) : `+${exact(it)}`;
}
/** Quoted for a shell where it must be. */
function command(pipeline: string, it: Explanation): string {
  const quoted = (word: string) => (/^[A-Za-z0-9_=.:-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`);
  return ['./tandem explain', pipeline, it.view, ...Object.entries(it.key).map(([name, one]) => quoted(`${name}=${one}`)), ...(it.window_start ? ['--window', it.window_start] : [])].join(' ');
}
