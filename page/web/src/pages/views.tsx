import { useMemo } from 'preact/hooks';
import { Chart, Legend, band, categories, mirrored, overlay, ranked, type Point } from '../chart';
import { count, exact, moment, signed, words } from '../format';
import { useAnswer } from '../live';
import { AsTable, Choice, Empty, Find, Loaded, Panel, Status, Table, Tabs, useSetting, type Cell } from '../parts';
import { refine, whyHref } from '../place';
import { bothSides, byKey, keyOf, first, fitting, histogram, labels, measures, overTime, shares, sides, steps, twins, windowsOf, withRange, type Form, type Twin } from '../shape';
import type { ViewFacts, ViewRows } from '../types';

const NAMES: Record<Form, string> = { lines: 'over time', band: 'with its range', ranked: 'largest first', sessions: 'how long', categories: 'by group', single: 'as numbers', steps: 'side by side' };
const SHOWN = 200;

export function Views() {
  const { place, facts, revision } = useSetting();
  const view = facts?.views.find((it) => it.name === place.query.get('view')) ?? facts?.views[0];
  const rows = useAnswer<ViewRows>(view ? `/pipelines/${encodeURIComponent(place.pipeline ?? '')}/views/${encodeURIComponent(view.name)}?most=60` : null, revision);
  if (!facts) return <div class="wide"><h1 class="plain">Views</h1><div class="panel waiting" aria-busy="true"><i /><i /></div></div>;
  if (!view) return <div class="wide"><h1 class="plain">Views</h1><Empty title="This pipeline has no view" /></div>;
  return (
    <div class="wide">
      <h1 class="plain">Views</h1>
      <p class="lead">What stream and batch have stored for the same windows.</p>
      <Tabs label="View" value={view.name} options={facts.views.map((it) => [it.name, it.name])} change={(it) => refine(place, { view: it, measure: '', window: '', form: '' })} />
      <Loaded from={rows}>{(data) => data.stream.length + data.batch.length === 0
        ? <Panel><Empty title="This view is empty">No window is final yet. Rows appear with the first micro-batch, and in the batch's column with its first run.</Empty></Panel>
        : <Shown view={view} rows={data} />}</Loaded>
    </div>
  );
}

function Shown({ view, rows }: { view: ViewFacts; rows: ViewRows }) {
  const { place, zone } = useSetting();
  const list = useMemo(() => twins(view, rows), [view, rows]);
  const columns = measures(view);
  const measure = columns.find((it) => it.name === place.query.get('measure'))?.name ?? first(view);
  const possible = fitting(view, list, measure);
  const form = possible.find((it) => it === place.query.get('form')) ?? possible[0];
  const windows = windowsOf(list);
  const closed = windows.filter((start) => list.some((it) => (it.start ?? '') === start && it.status !== 'open'));
  const window = windows.find((it) => it === place.query.get('window')) ?? closed[closed.length - 1] ?? windows[windows.length - 1] ?? '';
  const made = useMemo(() => (form ? chart(form, view, list, measure, window, zone) : null), [form, view, list, measure, window, zone]);
  const differ = list.filter((it) => it.status === 'differs').length;
  const settled = list.filter((it) => it.status === 'agree' || it.status === 'differs').length;
  const kind = view.kind === 'global' ? 'rows' : 'closed rows';
  return (
    <>
      <Panel title={differ ? `${count(differ)} of ${count(settled)} ${kind} differ` : settled ? `all ${count(settled)} ${kind} are the same` : 'no window is final yet'} sub={`${view.window} · ${made?.sub ?? 'no numbers to draw'} · ${zone}`}
        tools={<>
          {columns.length > 1 && form !== 'band' && form !== 'single' && form !== 'steps' ? <Choice label="measure" value={measure} options={columns.map((it) => [it.name, it.name])} change={(it) => refine(place, { measure: it })} /> : null}
          {possible.length > 1 ? <Choice label="shown" value={form ?? ''} options={possible.map((it) => [it, NAMES[it]])} change={(it) => refine(place, { form: it })} /> : null}
          {(form === 'ranked' || form === 'categories' || form === 'steps') && windows.length > 1 ? <Choice label="window" value={window} options={[...windows].reverse().map((it) => [it, moment(it, zone)])} change={(it) => refine(place, { window: it })} /> : null}
        </>}>
        {form === 'single' ? <Single view={view} twin={list[0]!} /> : made ? (
          <>
            <Legend also={made.also} />
            <Chart height={made.height} option={made.option} label={`${view.name}, ${made.sub}: stream and batch; the table below has the numbers`} />
            <AsTable label={`${view.name}, drawn numbers`} file={`${view.name}-${measure}`} heads={[{ name: made.first }, { name: 'stream', number: true }, { name: 'batch', number: true }]} rows={() => made.points.map((it) => [it.label, exact(it.stream), exact(it.batch)])} />
          </>
        ) : <Empty title="This view has no numbers to draw">Its rows stand below.</Empty>}
      </Panel>
      <Aside view={view} list={list} />
      <Rows view={view} list={list} />
    </>
  );
}
/** What a view says beside its main number: the two sides of a trade, the words that it derives. */
function Aside({ view, list }: { view: ViewFacts; list: Twin[] }) {
  const { zone } = useSetting();
  const pair = sides(view);
  const both = useMemo(() => (pair && list.length > 1 ? bothSides(list, view, pair, zone) : []), [view, list, zone]);
  const mirror = useMemo(() => (pair ? mirrored(both, pair) : null), [both]);
  const spread = list.length > 1 ? labels(view).map((it) => [it.name, shares(view, list, it.name)] as const).filter(([, points]) => points.length > 1) : [];
  return (
    <>
      {pair && mirror && both.length > 0 ? (
        <Panel title={`${words(pair[0])} and ${words(pair[1])}`} sub={`per window, ${pair[0]} above and ${pair[1]} below · ${zone}`}>
          <Chart height={220} option={mirror} label={`${pair[0]} and ${pair[1]} per window; the table below has the numbers`} />
          <AsTable label={`${pair[0]} and ${pair[1]}`} file={`${view.name}-sides`} heads={[{ name: 'window' }, { name: pair[0], number: true }, { name: pair[1], number: true }]} rows={() => both.map((it) => [it.label, it.up, it.down])} />
        </Panel>
      ) : null}
      {spread.length > 0 ? <div class="side">{spread.map(([name, points]) => <Spread view={view} name={name} points={points} />)}</div> : null}
    </>
  );
}
function Spread({ view, name, points }: { view: ViewFacts; name: string; points: Point[] }) {
  const option = useMemo(() => ranked(points), [JSON.stringify(points)]);
  return (
    <Panel title={words(name)} sub="in how many rows">
      <Chart height={50 + points.length * 36} option={option} label={`${name}: in how many rows of stream and batch; the table below has the numbers`} />
      <AsTable label={name} file={`${view.name}-${name}`} heads={[{ name }, { name: 'stream', number: true }, { name: 'batch', number: true }]} rows={() => points.map((it) => [it.label, exact(it.stream), exact(it.batch)])} />
    </Panel>
  );
}
interface Made { option: ReturnType<typeof overlay>; points: Point[]; height: number; sub: string; first: string; also?: string }

function chart(form: Form, view: ViewFacts, list: Twin[], measure: string, window: string, zone: string): Made | null {
  if (form === 'lines') {
    const points = overTime(view, list, measure, zone);
    return { points, option: overlay(points, 'batch − stream'), height: 360, sub: `${measure} per window`, first: 'window', also: 'below: batch − stream' };
  }
  if (form === 'band') {
    const { points, middle, extra } = withRange(view, list, zone);
    return { points, option: band(points, extra), height: 360, sub: `${middle} between lowest and highest`, first: 'window', also: `grey: lowest to highest${extra ? ` · below: ${extra}` : ''}` };
  }
  if (form === 'ranked') {
    const points = byKey(view, list, measure, window, true);
    return { points, option: ranked(points), height: 50 + points.length * 36, sub: window ? `${measure} in the window from ${moment(window, zone)}` : `${measure} over everything`, first: 'key' };
  }
  if (form === 'categories') {
    const points = byKey(view, list, measure, window, false);
    return { points, option: categories(points), height: 300, sub: measure, first: 'group' };
  }
  if (form === 'steps') {
    const points = steps(view, list, window);
    return { points, option: ranked(points), height: 50 + points.length * 46, sub: `each count in the window from ${moment(window, zone)}`, first: 'count' };
  }
  if (form === 'sessions') {
    const points = histogram(view, list.filter((it) => it.status !== 'open'), measure);
    return { points, option: categories(points), height: 300, sub: `sessions by ${words(measure)}`, first: words(measure) };
  }
  return null;
}
function Single({ view, twin }: { view: ViewFacts; twin: Twin }) {
  return <Table label={view.name} heads={[{ name: 'measure' }, { name: 'stream', number: true }, { name: 'batch', number: true }, { name: 'batch − stream', number: true }]}
    rows={view.columns.map((it, at) => [it.name, exact(twin.stream?.cells[at]), exact(twin.batch?.cells[at]), it.numeric ? delta(twin, at) : ''])} />;
}
function delta(twin: Twin, at: number): string {
  const [one, other] = [twin.stream?.cells[at], twin.batch?.cells[at]];
  return one == null || other == null ? '–' : signed(Number(other) - Number(one));
}
function Of({ mode, value }: { mode: 'stream' | 'batch'; value: string | null }) {
  return <span class={`mode ${mode}`}><span aria-hidden="true">{mode === 'stream' ? '●' : '□'}</span><span class="visually-hidden">{mode}</span> {exact(value)}</span>;
}
function Rows({ view, list }: { view: ViewFacts; list: Twin[] }) {
  const { place, zone } = useSetting();
  const only = place.query.get('only') === 'differences';
  const text = (place.query.get('find') ?? '').toLowerCase();
  const hits = list.filter((it) => (!only || it.status === 'differs') && (!text || it.key.toLowerCase().includes(text))).reverse();
  const keyed = view.columns.some((it) => it.role === 'key');
  const values = view.columns.map((it, at) => [it, at] as const).filter(([it]) => it.role !== 'key').slice(0, 5);
  const pair = (twin: Twin, at: number): Cell => {
    const [one, other] = [twin.stream?.cells[at] ?? null, twin.batch?.cells[at] ?? null];
    const stream = <Of mode="stream" value={one} />;
    const batch = <Of mode="batch" value={other} />;
    return !twin.batch ? stream : !twin.stream ? batch : one === other ? exact(one) : <span class="pair">{stream}{batch}</span>;
  };
  const why = (twin: Twin): Cell => {
    if (twin.status === 'agree' || twin.status === 'open') return '';
    return <a class="why" href={whyHref(place.pipeline, { view: view.name, start: twin.start, key: keyOf(view, twin) })} aria-label={`Why does ${twin.key || 'this row'} differ?`}>Why?</a>;
  };
  return (
    <Panel title={`${count(hits.length)} rows`} sub={hits.length > SHOWN ? `the last ${SHOWN} of them; one value where both modes have the same` : 'one value where both modes have the same'}
      tools={<>{keyed ? <Find label="key contains" value={place.query.get('find') ?? ''} change={(it) => refine(place, { find: it })} /> : null}<label class="check"><input type="checkbox" checked={only} onChange={(e) => refine(place, { only: (e.target as HTMLInputElement).checked ? 'differences' : '' })} /> only differences</label></>}>
      <Table fixed label={`Rows of ${view.name}`} none={only ? 'No row differs.' : 'No row fits.'} heads={[...(view.kind === 'global' && keyed ? [] : [{ name: view.kind === 'global' ? 'row' : 'window' }]), ...(keyed ? [{ name: 'key' }] : []), ...values.map(([it]) => ({ name: it.name, number: it.numeric })), { name: 'status' }, { name: 'why' }]}
        rows={hits.slice(0, SHOWN).map((it) => [...(view.kind === 'global' && keyed ? [] : [it.start ? moment(it.start, zone) : 'everything']), ...(keyed ? [it.key] : []), ...values.map(([, at]) => pair(it, at)), <Status word={it.status} />, why(it)])} />
    </Panel>
  );
}
