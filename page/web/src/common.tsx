/** What late, duplicate and quarantined records have in common, as the last comparison found it. */
import { count } from './format';
import { Panel } from './parts';
import { href } from './place';
import type { Common } from './types';

const KINDS: Record<string, string> = { late: 'late', duplicate: 'duplicate', quarantined: 'quarantine' };

/** {@code only} names the one kind that is shown; without it all are, each with a link to its records. */
export function InCommon({ common, pipeline, only }: { common?: Record<string, Common>; pipeline: string | null; only?: string }) {
  const shown = Object.entries(common ?? {}).filter(([kind]) => !only || KINDS[kind] === only);
  if (shown.length === 0) return null;
  return (
    <Panel title="What these records have in common" sub="against all records of the log, as the last comparison counted them; named is only what is too frequent for chance">
      <ul class="common" aria-label="What the records have in common">
        {shown.map(([kind, it]) => (it.traits.length === 0
          ? <li>{`${count(it.records)} ${kind} ${it.records === 1 ? 'record' : 'records'}: nothing beyond chance.`}</li>
          : it.traits.map((trait) => (
            <li><bdi>{trait.sentence}</bdi> <span class="sub">{trait.statistics}</span>{only ? null : <> <a href={href(pipeline, 'records', { kind: KINDS[kind] ?? 'late' })}>records</a></>}</li>
          ))))}
      </ul>
    </Panel>
  );
}
