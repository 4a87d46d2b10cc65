import './app.css';
import { render, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { duration } from './format';
import { ask, token, useAnswer, useLive, type Live, type Refused } from './live';
import { Empty, Shared } from './parts';
import { Overview } from './pages/overview';
import { Parity } from './pages/parity';
import { Records } from './pages/records';
import { Runs } from './pages/runs';
import { Schedules } from './pages/schedules';
import { System } from './pages/system';
import { Tables } from './pages/tables';
import { Topics } from './pages/topics';
import { Trace } from './pages/trace';
import { Views } from './pages/views';
import { Why } from './pages/why';
import { PAGES, href, usePlace, type PageName } from './place';
import type { PipelineFacts, PipelineLine } from './types';

const NAMES: Record<PageName, [string, ComponentType]> = {
  overview: ['Overview', Overview], views: ['Views', Views], parity: ['Parity', Parity], records: ['Records', Records],
  runs: ['Runs', Runs], topics: ['Topics', Topics], schedules: ['Schedules', Schedules], tables: ['Tables', Tables], system: ['System', System],
  why: ['Why?', Why], trace: ['A record', Trace],
};
const STALE = 5000;

function kept(name: string, otherwise: string): string {
  try { return localStorage.getItem(name) ?? otherwise; } catch { return otherwise; }
}
function keep(name: string, value: string): void {
  try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
}
function useClock(): number {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function App() {
  const place = usePlace();
  const clock = useClock();
  const [paused, pause] = useState(false);
  const [login, entered] = useState(0);
  const [theme, paint] = useState(kept('tandem-theme', 'auto'));
  const [wanted, zoned] = useState(kept('tandem-zone', 'pipeline'));
  const listed = useAnswer<PipelineLine[]>('/pipelines', `${login}`);
  const first = (listed.data?.find((it) => it.stream === 'running') ?? listed.data?.find((it) => it.stream !== 'never_run') ?? listed.data?.[0])?.name ?? null;
  const pipeline = place.pipeline ?? first;
  const here = { ...place, pipeline };
  const live = useLive(listed.data ? pipeline : null, paused, login);
  const revision = `${login}/${live.pulse?.pipeline === pipeline ? live.pulse.revision : ''}`;
  const lines = useAnswer<PipelineLine[]>(listed.data ? '/pipelines' : null, revision).data ?? listed.data;
  const facts = useAnswer<PipelineFacts>(pipeline && listed.data ? `/pipelines/${encodeURIComponent(pipeline)}` : null, `${login}`);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('tandem-theme'));
  }, [theme]);
  const [title, Page] = NAMES[place.page];
  useEffect(() => { document.title = `${title} · ${pipeline ?? ''} · Tandem`; }, [title, pipeline]);
  const asked = place.page === 'why' || place.page === 'trace' ? location.hash : '';
  useEffect(() => { scrollTo(0, 0); }, [place.page, pipeline, asked]);

  if (listed.error?.status === 401) return <Login entered={() => entered((it) => it + 1)} wrong={token.read() !== null} />;
  if (listed.error && !listed.data) return <Alone error={listed.error} again={() => entered((it) => it + 1)} />;
  const zone = wanted === 'utc' ? 'UTC' : wanted === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : facts.data?.zone ?? 'UTC';
  // What is told "ago" is told by the server's clock: a browser's may be off by minutes.
  const told = Date.parse(live.pulse?.at ?? '');
  const now = Number.isNaN(told) ? clock : Math.max(told, told + clock - live.heard);
  const dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <Shared.Provider value={{ place: here, live, lines: lines ?? [], facts: facts.data, zone, revision, now }}>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the page</a>
      <header class="top">
        <div class="wide top-row">
          <a class="brand" href={href(pipeline, 'overview')}><img src="/icon.svg" alt="" width="26" height="26" />Tandem</a>
          <label class="picker"><span class="visually-hidden">Pipeline</span>
            <select value={pipeline ?? ''} onChange={(e) => { location.hash = href((e.target as HTMLSelectElement).value, place.page).slice(1); }}>
              {(lines ?? []).map((it) => <option value={it.name} selected={it.name === pipeline}>{it.name}</option>)}
            </select>
          </label>
          <Dot live={live} now={clock} />
          <span class="buttons">
            <button type="button" aria-pressed={paused} onClick={() => pause(!paused)}>{paused ? '▶ Resume' : '❚❚ Pause'}</button>
            <label><span class="visually-hidden">Times in</span>
              <select value={wanted} onChange={(e) => { const zone = (e.target as HTMLSelectElement).value; keep('tandem-zone', zone); zoned(zone); }}>
                <option value="pipeline">Pipeline's time</option><option value="browser">My time</option><option value="utc">UTC</option>
              </select>
            </label>
            <button type="button" aria-label={dark ? 'Switch to light' : 'Switch to dark'} onClick={() => { const next = dark ? 'light' : 'dark'; keep('tandem-theme', next); paint(next); }}>{dark ? '☀' : '☾'}</button>
          </span>
        </div>
        <nav aria-label="Pages"><div class="wide nav-row">{PAGES.map((it) => <a href={href(pipeline, it)} aria-current={it === place.page ? 'page' : undefined}>{NAMES[it][0]}</a>)}</div></nav>
      </header>
      {live.link === 'trouble' || live.link === 'lost' ? <p class="banner" role="status">▲ {live.message}. The numbers below are from {duration((clock - live.heard) / 1000)} ago.</p> : null}
      {live.pulse?.start?.doing ? <p class="banner" role="status">◌ '{pipeline}' is starting: {live.pulse.start.doing}.</p> : null}
      <main id="main" tabIndex={-1} data-place={`${pipeline ?? ''}/${place.page}`}>
        {listed.loading && !listed.data ? <div class="wide"><div class="panel waiting" aria-busy="true"><span class="visually-hidden">Loading</span><i /><i /><i /></div></div>
          : place.page === 'tables' ? <Page key="tables" />
          : pipeline === null ? <div class="wide"><h1 class="plain">Tandem</h1><div class="panel"><Empty title="There is no pipeline">Write one: <code>pipelines/NAME/pipeline.yaml</code>, then <code>./tandem check NAME</code></Empty></div></div>
          : lines && !lines.some((it) => it.name === pipeline) ? <div class="wide"><h1 class="plain">Tandem</h1><div class="panel"><Empty icon="✖" title={`There is no pipeline '${pipeline}'`}><a href={href(first, 'overview')}>Go to {first}</a></Empty></div></div>
          : <Page key={pipeline} />}
      </main>
      <footer><div class="wide">Tandem: one definition, a stream and a batch, every difference explained. <a href="/third-party.txt">Notices</a></div></footer>
    </Shared.Provider>
  );
}
function Dot({ live, now }: { live: Live; now: number }) {
  const silent = now - live.heard;
  const [tone, text] = live.link === 'paused' ? ['pending', 'paused']
    : live.link === 'connecting' ? ['pending', 'connecting']
    : live.link === 'live' && silent < STALE ? heartbeat(live)
    : ['tolerance', `updated ${duration(silent / 1000)} ago`];
  return <span class={`dot ${tone}`} role="status"><i aria-hidden="true" />{text}</span>;
}
/** What is shown is live only while a stream runs. */
function heartbeat({ pulse }: Live): [string, string] {
  return pulse?.stream === 'running' ? ['agree', 'live'] : pulse?.start ? ['pending', 'starting'] : ['pending', 'connected; no stream is running'];
}
function Login({ entered, wrong }: { entered: () => void; wrong: boolean }) {
  const [text, type] = useState('');
  const [problem, tell] = useState(wrong ? 'The token that this browser had is not the right one.' : '');
  const enter = (e: Event) => {
    e.preventDefault();
    token.keep(text.trim());
    ask('/pipelines').then(entered, (error: Refused) => tell(error.status === 401 ? 'This is not the token.' : error.message));
  };
  return (
    <main class="login"><form onSubmit={enter}>
      <h1 class="plain">Tandem</h1>
      <p>This page can be reached from a network and asks for its token. It was shown where the page was started, and is kept until this tab closes.</p>
      <label for="token">Token</label>
      <input id="token" type="password" autocomplete="off" value={text} onInput={(e) => type((e.target as HTMLInputElement).value)} />
      {problem ? <p role="alert" class="status disagree">✖ {problem}</p> : null}
      <button type="submit">Open</button>
    </form></main>
  );
}
function Alone({ error, again }: { error: Refused; again: () => void }) {
  return <main class="wide"><h1 class="plain">Tandem</h1><div class="panel failed" role="alert"><Empty icon="✖" title="This could not be read">{error.message}</Empty><p class="centre"><button type="button" onClick={again}>Try again</button></p></div></main>;
}

render(<App />, document.getElementById('page')!);
