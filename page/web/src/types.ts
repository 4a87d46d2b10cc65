/** What the server tells; the names are those of the records in dev.tandem.page.data. */
export type Activity = 'running' | 'stopped' | 'failed' | 'never_run';
export type Verdict = 'agree' | 'within_tolerance' | 'agree_with_causes' | 'disagree' | 'pending';
export type Maybe<T> = T | null;

/** Who runs the batch at the times of the definition. */
export type Scheduler = 'none_planned' | 'nobody' | 'start' | 'schedule';
export interface PipelineLine {
  name: string; about: string; verdict: Verdict; percent: Maybe<number>; unexplained: number; compared_at: Maybe<string>;
  stream: Activity; latency_p95: Maybe<number>; lag: Maybe<number>; schedule: string; scheduler: Scheduler;
}
export interface Column { name: string; type: string; role: 'key' | 'measure' | 'derived'; numeric: boolean; additive: boolean; approximate: boolean }
export interface ChartFacts {
  kind: 'line' | 'bar' | 'price' | 'steps'; value: Maybe<string>; band: Maybe<{ low: string; high: string; volume: Maybe<string> }>; sides: string[]; steps: string[];
}
export interface ViewFacts { name: string; kind: 'tumbling' | 'sliding' | 'calendar' | 'session' | 'global'; window: string; ranked: boolean; columns: Column[]; chart: Maybe<ChartFacts> }
export interface Schedule { words: string; expression: string; zone: string; next: string[]; warnings: string[] }
export interface PipelineFacts {
  name: string; about: string; zone: string; source: string; topics: string[]; landing: string; trigger: string; steps: string[];
  views: ViewFacts[]; sinks: { what: string; kind: string; place: string; modes: string }[]; schedule: Schedule;
  targets: Record<string, string>; definition: string; hash: string;
}
export interface Cost { cpu_seconds_per_million: number; records_per_second: number; peak_heap_bytes: number }
export interface Pulse {
  pipeline: string; at: string; revision: string; stream: Activity;
  latency: { p50: Maybe<number>; p95: Maybe<number>; p99: Maybe<number>; target: Maybe<number>; measured: string };
  lag: Maybe<number>; records_per_second: number; fates: Record<string, number>; open_windows: number; state_rows: number;
  watermark: Maybe<string>; highest_event: Maybe<string>; next_close: Maybe<string>; last_commit: Maybe<string>;
  stream_cost: Maybe<Cost>; batch_cost: Maybe<Cost>;
  state: { kind: string; part: number; rows: number; bytes: number; place: string }[];
  start: Maybe<{ doing: Maybe<string>; next_comparison: Maybe<string> }>;
}
export interface MicroBatch {
  number: number; run_id: string; records: number; fates: Record<string, number>; watermark: Maybe<string>; read_at: string;
  committed_at: string; latency_millis: Maybe<number>;
}
export interface RunLine {
  id: string; mode: 'stream' | 'batch'; outcome: string; started: string; finished: Maybe<string>; records: number; definition: string;
  metrics: Record<string, string>;
}
export interface Row { start: Maybe<string>; end: Maybe<string>; cells: Maybe<string>[]; status: string; revision: number }
export interface ViewRows { view: string; stream: Row[]; batch: Row[] }
export interface Sample { coordinates: string; reason: string; detail: string; at: string; event_time: Maybe<string>; micro_batch: number; raw: string }
export interface TrialCounts { late: number; late_partial: number; duplicate: number; groups: number; keys: number }
/** What rows would have been with another watermark delay. */
export interface Trial {
  delay_before_ms: number; delay_ms: number; faithful: boolean; before: TrialCounts; then: TrialCounts;
  later: { windows: number; median_ms: number; most_ms: number; waiting: number };
  rows: number; changed: number; become_equal: number; become_unequal: number;
  largest: { view: string; window_start: Maybe<string>; window_end: Maybe<string>; key: Record<string, string>; measures: { measure: string; stream: Maybe<string>; then: Maybe<string>; batch: Maybe<string> }[] }[];
}
export interface Refusals { kind: string; total: number; counts: Record<string, number>; samples: Sample[] }
export interface TopicLine {
  name: string; partitions: { number: number; from: number; until: number }[]; records_per_second: number;
  groups: { name: string; state: string; lag: Record<string, number> }[]; settings: Record<string, string>;
}
export interface Message { partition: number; offset: number; at: string; key: Maybe<string>; value: Maybe<string>; headers: Record<string, string>; bytes: number }
/** What tandem diff or tandem attach said of tables that other programs made. */
export interface TableAnswer { verb: string; name: string; at: string; verdict: string; sentences: string[]; report: string; text: string }
export type Health = 'fine' | 'attention' | 'broken';
export interface SystemFacts {
  machine: { cpu: number; cores: number; heap_used: number; heap_max: number; disk_free: number; disk_total: number; up_seconds: number };
  findings: { health: Health; what: string; found: string; hint: Maybe<string> }[];
  services: { name: string; health: Health; address: string; note: string }[];
  versions: Record<string, string>; settings: Record<string, string>;
}
export interface WindowLine {
  view: string; measure: string; start: Maybe<string>; end: Maybe<string>; status: string; stream: number; batch: number; allowed: number;
  keys: number; differing_keys: number;
}
export interface Difference {
  view: string; start: Maybe<string>; end: Maybe<string>; key: Record<string, string>; measure: string; stream: Maybe<number | string>;
  batch: Maybe<number | string>; difference: Maybe<number>; percent: Maybe<number>; causes: Record<string, number>; records: string[];
}
export interface DifferingRow {
  view: string; start: Maybe<string>; end: Maybe<string>; key: Record<string, string>;
  measures: { measure: string; stream: Maybe<string>; batch: Maybe<string>; difference: Maybe<string>; percent: Maybe<string> }[];
  causes: Record<string, number>; records: string[];
}
export interface DifferingRows { total: number; fitting: number; rows: DifferingRow[] }
export interface Comparison { at: string; verdict: Verdict; compared_rows: number; agreeing_rows: number; percent: number; unexplained: number; causes: Record<string, number> }
/** What tandem explain --json tells. */
export interface ExplainedMode { row: boolean; definition: string; micro_batch: number; positions: Record<string, number>; watermark: Maybe<string>; at: string; age_ms: number }
export interface Bridge {
  measure: string; additive: boolean; stream: Maybe<string>; batch: Maybe<string>; difference: Maybe<string>;
  steps: { cause: string; amount: Maybe<string>; from: Maybe<string>; to: Maybe<string>; records: number }[];
  unexplained: string; complete: boolean;
}
export interface CauseRecord {
  partition: number; position: number; event_time: string; arrival: Maybe<string>; lateness_ms: Maybe<number>; micro_batch: number;
  watermark: Maybe<string>; stream: string; batch: string; arguments: Record<string, string>; raw: string;
}
export interface ExplainedCause { cause: string; meaning: string; hint: string; records: number; first: CauseRecord[] }
export interface Explanation {
  view: string; window_start: Maybe<string>; window_end: Maybe<string>; key: Record<string, string>; definition: string; closed: boolean;
  stream: ExplainedMode; batch: ExplainedMode; measures: Bridge[]; causes: ExplainedCause[];
}
export interface Explained {
  pipeline: string; asked: number; differing: number; chosen: number; explained: Explanation[];
  rows: { view: string; window_start: Maybe<string>; key: Record<string, string>; measure: string; stream: Maybe<string>; batch: Maybe<string>; difference: Maybe<string>; closed: boolean }[];
}
/** What tandem trace --json tells. */
export interface Trace {
  pipeline: string; partition: number; position: number; arrival: string; event_time: Maybe<string>; micro_batch: number; watermark: Maybe<string>;
  raw: string; stream: string; batch: string;
  steps: { step: string; changed: Record<string, string>; outcome: string }[];
  copies: { partition: number; position: number; micro_batch: number; landed: string }[];
  rows: {
    view: string; window_start: Maybe<string>; window_end: Maybe<string>; key: Record<string, string>; in_stream: boolean; in_batch: boolean;
    refused: boolean; why: Maybe<string>; values: Record<string, { stream: Maybe<string>; batch: Maybe<string> }>;
  }[];
}
export interface Convergence {
  view: string; windows: number; nearly_right_seconds: Maybe<number>; final_error_percent: number;
  steps: { seconds: number; error_percent: number; worst_percent: number }[];
}
export interface ReportCost {
  cpu_seconds: Maybe<number>; cpu_seconds_per_million: Maybe<number>; wall_seconds: number; peak_heap_bytes: number; state_rows: number; state_bytes: number;
}
/** What refused records of a kind have in common. */
export interface Common {
  records: number; all_records: number;
  traits: { trait: string; value: string; refused_with_it: number; all_with_it: number; lift: number; probability: number; sentence: string; statistics: string }[];
}
/** The event times of each partition of the log, and which partitions are hours apart. */
export interface PartitionTimes { partition: number; records: number; late: number; first_event: string; last_event: string }
export interface Cut { partitions?: PartitionTimes[]; apart?: Maybe<{ partitions: number[]; sentence: string }> }
/** Reports of older versions lack what is optional. */
export interface Report {
  verdict: Verdict; sentence: string; generated_at: string; unexplained: number; definition: string;
  accuracy: { compared_rows: number; agreeing_rows: number; percent: number; mean_difference_percent: number };
  views: Record<string, { compared: number; agreeing: number; differing: number; open: number }>;
  causes: Record<string, { records: number; rows: number; meaning: string; hint: string }>;
  conservation: Record<string, Record<string, number>>;
  latency: { p50: Maybe<number>; p95: Maybe<number>; p99: Maybe<number>; max: Maybe<number> };
  throughput: Record<string, { events_per_second: Maybe<number> }>;
  targets: { name: string; asked: string; reached: string; met: boolean }[];
  windows: WindowLine[]; differences: Difference[]; versions: Record<string, string>; commands: string[];
  cost?: Record<string, ReportCost>; convergence?: Convergence[]; common?: Record<string, Common>;
  late_by_missing_delay_seconds?: Record<string, number>; cut?: Cut;
}
