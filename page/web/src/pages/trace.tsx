import { useState } from 'preact/hooks';
import { count, exact, retold } from '../format';
import { useAnswer } from '../live';
import { Empty, Loaded, Mode, Panel, Section, Status, Table, useSetting } from '../parts';
import { href, whyHref } from '../place';
import type { Trace as Traced } from '../types';
import { Coordinates, Time, When, key, value } from './why';

/** What is looked for, as the server asks it. */
function asked(text: string): Record<string, string> {
  const it = text.trim();
  if (/^\d+[:-]\d+$/.test(it)) return { at: it };
  return /^[^\s'"=<>()]+:\d+$/.test(it) ? { file: it } : { where: it };
}
/** A search for one record, by its place, its file's line, or what is in it. */
export function FindRecord({ value: before = '' }: { value?: string }) {
  const { place } = useSetting();
  const [text, type] = useState(before);
  const go = () => {
    if (text.trim()) location.hash = href(place.pipeline, 'trace', asked(text)).slice(1);
  };
  return (
    <div class="find-record" role="search">
      <label class="choice">record <input type="search" size={36} value={text} placeholder="0:4211, part-7.csv:12 or id = 't-4711'" onInput={(e) => type((e.target as HTMLInputElement).value)} onKeyDown={(e) => { if (e.key === 'Enter') go(); }} /></label>
      <button type="button" onClick={go}>Follow it</button>
    </div>
  );
}
/** One record's way through both modes. */
export function Trace() {
  const { place } = useSetting();
  const what = (['at', 'file', 'where'] as const).find((it) => place.query.get(it));
  const text = what ? place.query.get(what) ?? '' : '';
  const answer = useAnswer<Traced>(what ? `/pipelines/${encodeURIComponent(place.pipeline ?? '')}/trace?${new URLSearchParams({ [what]: text })}` : null, '');
  return (
    <div class="wide">
      <h1 class="plain">What became of a record</h1>
      <p class="lead">Name it by partition and position, by a file and its line, or by a condition over its fields; the first record that fits is followed.</p>
      <Panel><FindRecord key={text} value={text} /></Panel>
      {what ? <Loaded from={answer}>{(data) => <Told data={data} />}</Loaded> : null}
    </div>
  );
}
function Told({ data }: { data: Traced }) {
  const { zone } = useSetting();
  return (
    <>
      <Panel title={<>Record <code>{data.partition}-{data.position}</code></>}>
        <dl class="facts">
          <dt>arrived</dt><dd><Time at={data.arrival} /></dd>
          <dt>event time</dt><dd>{data.event_time ? <Time at={data.event_time} /> : 'none'}</dd>
          <dt>read</dt><dd>in micro-batch {count(data.micro_batch)}, {data.watermark ? <>watermark <Time at={data.watermark} /></> : 'no watermark yet'}</dd>
          <dt><Mode mode="stream" /></dt><dd>{retold(data.stream, zone)}</dd>
          <dt><Mode mode="batch" /></dt><dd>{retold(data.batch, zone)}</dd>
        </dl>
        <pre tabIndex={0}>{data.raw}</pre>
      </Panel>
      <Section title="Step by step" lead="What the record was after each step of the definition.">
        <Panel><Table label="Steps" none="The record has no fields." heads={[{ name: 'step' }, { name: 'what it set' }, { name: 'outcome' }]}
          rows={data.steps.map((it) => [it.step, <dl class="facts">{Object.entries(it.changed).map(([name, one]) => <><dt>{name}</dt><dd>{one}</dd></>)}</dl>, it.outcome || 'goes on'])} /></Panel>
      </Section>
      {data.copies.length > 1 ? (
        <Section title="Records of the same key" lead="In the order in which they landed.">
          <Panel><Table label="Copies" heads={[{ name: 'record' }, { name: 'micro-batch', number: true }, { name: 'landed as' }]}
            rows={data.copies.map((it) => [it.partition === data.partition && it.position === data.position ? <strong>{it.partition}-{it.position} (this one)</strong> : <Coordinates of={it} />, count(it.micro_batch), it.landed])} /></Panel>
        </Section>
      ) : null}
      <Section title="Rows that it counts in">
        {data.rows.length === 0 ? <Panel><Empty title="It contributes to no row" /></Panel> : <Panel><Rows data={data} /></Panel>}
      </Section>
    </>
  );
}
function Rows({ data }: { data: Traced }) {
  const { place } = useSetting();
  const counts = (it: boolean) => (it ? 'counts it' : 'does not');
  return (
    <Table label="Rows" heads={[{ name: 'window' }, { name: 'view' }, { name: 'key' }, { name: 'stream' }, { name: 'batch' }, { name: 'numbers' }, { name: 'why' }]}
      rows={data.rows.map((it) => [<When start={it.window_start} end={it.window_end} />, it.view, key(it.key), <>{counts(it.in_stream)}{it.refused ? <span class="sub"> the window had closed</span> : null}</>, counts(it.in_batch),
        <span class="cells">{Object.entries(it.values).map(([name, both]) => <span class="both"><span class="sub">{name}</span> {both.stream === both.batch ? exact(both.batch) : <><Mode mode="stream" /> {value(both.stream)} <Mode mode="batch" /> {value(both.batch)}</>}</span>)}</span>,
        Object.values(it.values).some((both) => both.stream !== both.batch) ? <a href={whyHref(place.pipeline, { view: it.view, start: it.window_start, key: it.key })}>Why?</a> : <Status word="agree" />])} />
  );
}
