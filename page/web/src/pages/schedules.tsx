import { ago, moment } from '../format';
import { useAnswer } from '../live';
import { Loaded, Panel, Status, useSetting } from '../parts';
import { href } from '../place';
import type { PipelineFacts, PipelineLine } from '../types';

export function Schedules() {
  const { lines } = useSetting();
  return (
    <div class="wide">
      <h1 class="plain">Schedules</h1>
      <p class="lead">When each pipeline's batch runs, in the zone it is written for and in yours.</p>
      {lines.map((it) => <One key={it.name} line={it} />)}
    </div>
  );
}
/** Who runs the batch at its times. */
function Runner({ line }: { line: PipelineLine }) {
  if (line.scheduler === 'none_planned') return null;
  return line.scheduler === 'nobody' ? <Status word="attention" text="nobody runs it" /> : <Status word="running" text={`'tandem ${line.scheduler}' runs it`} />;
}
function One({ line }: { line: PipelineLine }) {
  const { revision, now } = useSetting();
  const facts = useAnswer<PipelineFacts>(`/pipelines/${encodeURIComponent(line.name)}`, revision.split('/')[0] ?? '');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Loaded from={facts}>{({ schedule }) => (
      <Panel title={<a href={href(line.name, 'runs')}>{line.name}</a>} sub={[...new Set([schedule.words, ...(schedule.expression ? [schedule.expression, schedule.zone] : [])])].join(' · ')} tools={<><Runner line={line} /><Status word={line.stream} text={`stream ${line.stream.replace('_', ' ')}`} /></>}>
        {line.scheduler === 'nobody' ? <p class="note">These are the times of the definition; no process runs the batch then. <code>./tandem start {line.name}</code> runs all of it, <code>./tandem schedule {line.name}</code> the batch alone.</p> : null}
        {schedule.next.length === 0 ? <p class="note">No run is planned.</p> : (
          <ol class="next">{schedule.next.map((it) => <li><strong>{moment(it, schedule.zone)}</strong><span>{schedule.zone}</span>{here !== schedule.zone ? <span class="foot">{moment(it, here)} {here}</span> : null}<span class="foot">{ago(it, now)}</span></li>)}</ol>
        )}
        {schedule.warnings.map((it) => <p class="warning"><Status word="attention" text={it} /></p>)}
      </Panel>
    )}</Loaded>
  );
}
