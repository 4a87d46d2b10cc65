import { bytes, count, decimal, duration } from '../format';
import { useAnswer } from '../live';
import { Bar, Loaded, Panel, Status, Table, useSetting } from '../parts';
import type { SystemFacts } from '../types';

export function System() {
  const { revision, facts } = useSetting();
  const answer = useAnswer<SystemFacts>('/system', revision);
  return (
    <div class="wide">
      <h1 class="plain">System</h1>
      <p class="lead">The machine, the servers, and what the doctor found.</p>
      <Loaded from={answer}>{(data) => <Shown data={data} />}</Loaded>
      {facts ? (
        <Panel title={`Definition of ${facts.name}`} sub={`${facts.source} → ${facts.landing} · ${facts.trigger} · hash ${facts.hash}`}>
          <ol class="steps">{facts.steps.map((it) => <li>{it}</li>)}</ol>
          <Table label="Outputs" heads={[{ name: 'what' }, { name: 'to' }, { name: 'place' }, { name: 'modes' }]} rows={facts.sinks.map((it) => [it.what, it.kind, <code>{it.place}</code>, it.modes])} none="It has no outputs." />
          <details><summary>The file</summary><pre tabIndex={0}>{facts.definition}</pre></details>
        </Panel>
      ) : null}
    </div>
  );
}
function Shown({ data }: { data: SystemFacts }) {
  const { machine } = data;
  const meters: [string, string, number, string][] = [
    ['CPU', `${decimal(machine.cpu * 100)} %`, machine.cpu, `of ${count(machine.cores)} cores`],
    ['Heap', bytes(machine.heap_used), machine.heap_used / Math.max(1, machine.heap_max), `of ${bytes(machine.heap_max)}`],
    ['Disk', bytes(machine.disk_total - machine.disk_free), 1 - machine.disk_free / Math.max(1, machine.disk_total), `of ${bytes(machine.disk_total)}, ${bytes(machine.disk_free)} free`],
    ['Up', duration(machine.up_seconds), 0, 'since the start'],
  ];
  const bad = data.findings.filter((it) => it.health !== 'fine').length;
  return (
    <>
      <dl class="meters">{meters.map(([name, value, share, foot]) => <div><dt>{name}</dt><dd><strong>{value}</strong>{share > 0 ? <Bar share={share} tone={share > 0.9 ? 'high' : 'counted'} /> : null}<span class="foot">{foot}</span></dd></div>)}</dl>
      <Panel title={bad === 0 ? `✔ The doctor found nothing wrong in ${data.findings.length} checks` : `The doctor found ${bad} of ${data.findings.length} checks wanting`}>
        <Table label="What the doctor found" heads={[{ name: 'check' }, { name: 'health' }, { name: 'found' }, { name: 'hint' }]} none="No check has run." rows={data.findings.map((it) => [it.what, <Status word={it.health} />, it.found, it.hint === null ? '' : /^(\.\/)?tandem /.test(it.hint) ? <code>{it.hint}</code> : it.hint])} />
      </Panel>
      <div class="side">
        <Panel title="Servers"><Table label="Servers" none="No server runs." heads={[{ name: 'server' }, { name: 'health' }, { name: 'address' }, { name: 'note' }]} rows={data.services.map((it) => [it.name, <Status word={it.health} />, <code>{it.address}</code>, it.note])} /></Panel>
        <Panel title="Versions and settings" sub="secrets are hidden"><dl class="facts">{[...Object.entries(data.versions), ...Object.entries(data.settings)].map(([name, value]) => <><dt>{name}</dt><dd><code>{value}</code></dd></>)}</dl></Panel>
      </div>
    </>
  );
}
