create table if not exists "tandem_schema" (
  "version" integer not null,
  primary key ("version")
);

create table if not exists "tandem_run" (
  "run_id" text not null,
  "pipeline" text not null,
  "mode" text not null,
  "definition" text not null,
  "cut" text,
  "started" text not null,
  "finished" text,
  "outcome" text,
  "metrics" text,
  primary key ("run_id")
);

create index if not exists "tandem_run_by_0" on "tandem_run" ("pipeline", "mode", "started");

create table if not exists "tandem_ledger" (
  "pipeline" text not null,
  "number" integer not null,
  "partition" integer not null,
  "query" text not null,
  "engine_batch" integer,
  "run_id" text not null,
  "from_position" integer not null,
  "until_position" integer not null,
  "records" integer not null,
  "accepted" integer not null,
  "quarantined" integer not null,
  "duplicate" integer not null,
  "late" integer not null,
  "filtered" integer not null,
  "split" integer not null,
  "late_partial" integer not null,
  "watermark_late" text,
  "watermark_close" text,
  "highest_event" text,
  "waiting" integer not null,
  "unmatched" text,
  "read_at" text not null,
  "first_arrival" text,
  "committed_at" text not null,
  primary key ("pipeline", "number", "partition")
);

create unique index if not exists "tandem_ledger_by_0" on "tandem_ledger" ("pipeline", "query", "engine_batch", "partition");

create table if not exists "tandem_quarantine" (
  "pipeline" text not null,
  "partition" integer not null,
  "position" integer not null,
  "arrived_at" text not null,
  "micro_batch" integer not null,
  "reason" text not null,
  "detail" text not null,
  "raw" blob not null,
  primary key ("pipeline", "partition", "position")
);

create index if not exists "tandem_quarantine_by_0" on "tandem_quarantine" ("pipeline", "micro_batch", "partition", "position");

create table if not exists "tandem_duplicate" (
  "pipeline" text not null,
  "partition" integer not null,
  "position" integer not null,
  "arrived_at" text not null,
  "micro_batch" integer not null,
  "of_partition" integer not null,
  "of_position" integer not null,
  "raw" blob not null,
  primary key ("pipeline", "partition", "position")
);

create index if not exists "tandem_duplicate_by_0" on "tandem_duplicate" ("pipeline", "micro_batch", "partition", "position");

create table if not exists "tandem_late" (
  "pipeline" text not null,
  "partition" integer not null,
  "position" integer not null,
  "view" text not null,
  "window_start" text not null,
  "window_end" text not null,
  "whole" integer not null,
  "event_time" text not null,
  "arrived_at" text not null,
  "micro_batch" integer not null,
  primary key ("pipeline", "partition", "position", "view", "window_start")
);

create table if not exists "tandem_epoch" (
  "pipeline" text not null,
  "epoch" integer not null,
  "owner" text not null,
  "since" text not null,
  primary key ("pipeline")
);

create table if not exists "tandem_parity" (
  "pipeline" text not null,
  "stream_run" text not null,
  "batch_run" text not null,
  "view" text not null,
  "row_key" blob not null,
  "measure" text not null,
  "window_start" text,
  "window_end" text,
  "key_json" text not null,
  "stream" text,
  "batch" text,
  "verdict" text not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure")
);

create table if not exists "tandem_cause" (
  "pipeline" text not null,
  "stream_run" text not null,
  "batch_run" text not null,
  "view" text not null,
  "row_key" blob not null,
  "measure" text not null,
  "cause" text not null,
  "amount" text,
  "records" text not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure", "cause")
);

create table if not exists "tandem_file" (
  "pipeline" text not null,
  "number" integer not null,
  "name" text not null,
  "bytes" integer not null,
  "sha256" text not null,
  "first_position" integer not null,
  "records" integer not null,
  "arrived_at" text not null,
  primary key ("pipeline", "number")
);

create table if not exists "tandem_segment" (
  "pipeline" text not null,
  "micro_batch" integer not null,
  "ordinal" integer not null,
  "name" text not null,
  "kind" text not null,
  "bytes" integer not null,
  "checksum" integer not null,
  "records" integer not null,
  "partition" integer not null,
  "from_position" integer not null,
  "until_position" integer not null,
  primary key ("pipeline", "micro_batch", "ordinal")
);

create table if not exists "tandem_topic" (
  "pipeline" text not null,
  "number" integer not null,
  "partition" integer not null,
  "topic_id" text not null,
  "shift" integer not null,
  "unread_from" integer,
  "unread_until" integer,
  "noted_at" text not null,
  primary key ("pipeline", "number", "partition")
);

create table if not exists "tandem_owner" (
  "table_name" text not null,
  "pipeline" text not null,
  "mode" text not null,
  "holds" text not null,
  primary key ("table_name")
);

create table if not exists "tandem_definition" (
  "pipeline" text not null,
  "hash" text not null,
  "meaning" text not null,
  "noted_at" text not null,
  primary key ("pipeline", "hash")
);

create table if not exists "tandem_rebuild" (
  "pipeline" text not null,
  "state" text not null,
  "run_id" text not null,
  "since" text not null,
  primary key ("pipeline")
);

create table if not exists "tweet_raw" (
  "partition" integer not null,
  "position" integer not null,
  "arrived_at" text not null,
  "event_time" text not null,
  "identity" blob,
  "micro_batch" integer not null,
  "id" text,
  "price" text,
  "at" text,
  "raw" blob not null,
  primary key ("partition", "position")
);

create index if not exists "tweet_raw_by_0" on "tweet_raw" ("micro_batch", "partition", "position");

create table if not exists "stream_stats" (
  "row_key" blob not null,
  "window_start" text not null,
  "window_end" text not null,
  "tag" text,
  "size" integer,
  "likes" integer,
  "spent" text,
  "share" real,
  "first" text,
  "day" text,
  "any" integer,
  "status" text not null,
  "revision" integer not null,
  "events" integer not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create index if not exists "stream_stats_by_0" on "stream_stats" ("window_start");

create table if not exists "batch_stats" (
  "row_key" blob not null,
  "window_start" text not null,
  "window_end" text not null,
  "tag" text,
  "size" integer,
  "likes" integer,
  "spent" text,
  "share" real,
  "first" text,
  "day" text,
  "any" integer,
  "status" text not null,
  "revision" integer not null,
  "events" integer not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create index if not exists "batch_stats_by_0" on "batch_stats" ("window_start");

create table if not exists "stream_ever" (
  "row_key" blob not null,
  "tweets" integer,
  "status" text not null,
  "revision" integer not null,
  "events" integer not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create table if not exists "batch_ever" (
  "row_key" blob not null,
  "tweets" integer,
  "status" text not null,
  "revision" integer not null,
  "events" integer not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create table if not exists "stream_events" (
  "id" text,
  "quantity" integer,
  "price" text,
  "ratio" real,
  "timestamp" text,
  "day" text,
  "ok" integer,
  "tags" text,
  "row_key" blob not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create table if not exists "batch_events" (
  "id" text,
  "quantity" integer,
  "price" text,
  "ratio" real,
  "timestamp" text,
  "day" text,
  "ok" integer,
  "tags" text,
  "row_key" blob not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

create table if not exists "cancelled" (
  "id" text,
  "quantity" integer,
  "price" text,
  "ratio" real,
  "timestamp" text,
  "day" text,
  "ok" integer,
  "tags" text,
  "row_key" blob not null,
  "as_of" text not null,
  "run_id" text not null,
  primary key ("row_key")
);

insert into tandem_schema (version)
select wanted.version from (select 2 as version) wanted where not exists (select 1 from tandem_schema);
