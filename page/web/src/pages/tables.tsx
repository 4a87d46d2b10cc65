import { ago, moment } from '../format';
import { useAnswer } from '../live';
import { Empty, Loaded, Panel, useSetting } from '../parts';
import type { TableAnswer } from '../types';

const VERDICTS: Record<string, [string, string, string]> = {
  agree: ['✔', 'agree', 'agree'], within_tolerance: ['≈', 'within tolerance', 'tolerance'], differ: ['✖', 'differ', 'disagree'], undecided: ['◌', 'undecided', 'pending'],
};

export function Tables() {
  const { revision, now } = useSetting();
  const answers = useAnswer<TableAnswer[]>('/tables', `${revision}/${Math.floor(now / 10_000)}`);
  return (
    <div class="wide">
      <h1 class="plain">Tables</h1>
      <p class="lead">What <code>tandem diff</code> and <code>tandem attach</code> said last of tables that other programs made, the latest first.</p>
      <Loaded from={answers}>{(all) => all.length === 0
        ? <div class="panel"><Empty title="No tables have been compared yet">Compare two: <code>./tandem diff LEFT RIGHT --key COLUMN</code></Empty></div>
        : all.map((it, at) => <One key={`${it.at} ${it.name}`} answer={it} open={at === 0} />)}</Loaded>
    </div>
  );
}
function One({ answer, open }: { answer: TableAnswer; open: boolean }) {
  const { zone, now } = useSetting();
  const [icon, word, tone] = VERDICTS[answer.verdict] ?? ['◌', answer.verdict, 'pending'];
  return (
    <Panel title={answer.name} sub={`${answer.verb} · ${moment(answer.at, zone)} · ${ago(answer.at, now)}`} tools={<span class={`status ${tone}`}><span aria-hidden="true">{icon}</span> {word}</span>}>
      {answer.sentences.map((it) => <p>{it}</p>)}
      <details open={open}><summary>The whole answer</summary><pre class="as-told" tabIndex={0}>{answer.text}</pre></details>
      <p class="note">Its report was written to <code>{answer.report}</code></p>
    </Panel>
  );
}
