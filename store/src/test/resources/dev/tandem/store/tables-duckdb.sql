create table if not exists "tandem_schema" (
  "version" bigint not null,
  primary key ("version")
);

create table if not exists "tandem_run" (
  "run_id" varchar not null,
  "pipeline" varchar not null,
  "mode" varchar not null,
  "definition" varchar not null,
  "cut" varchar,
  "started" timestamp not null,
  "finished" timestamp,
  "outcome" varchar,
  "metrics" varchar,
  primary key ("run_id")
);

create table if not exists "tandem_ledger" (
  "pipeline" varchar not null,
  "number" bigint not null,
  "partition" int not null,
  "query" varchar not null,
  "engine_batch" bigint,
  "run_id" varchar not null,
  "from_position" bigint not null,
  "until_position" bigint not null,
  "records" bigint not null,
  "accepted" bigint not null,
  "quarantined" bigint not null,
  "duplicate" bigint not null,
  "late" bigint not null,
  "filtered" bigint not null,
  "split" bigint not null,
  "late_partial" bigint not null,
  "watermark_late" timestamp,
  "watermark_close" timestamp,
  "highest_event" timestamp,
  "waiting" bigint not null,
  "unmatched" varchar,
  "read_at" timestamp not null,
  "first_arrival" timestamp,
  "committed_at" timestamp not null,
  primary key ("pipeline", "number", "partition")
);

create unique index if not exists "tandem_ledger_by_0" on "tandem_ledger" ("pipeline", "query", "engine_batch", "partition");

create table if not exists "tandem_quarantine" (
  "pipeline" varchar not null,
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp not null,
  "micro_batch" bigint not null,
  "reason" varchar not null,
  "detail" varchar not null,
  "raw" blob not null,
  primary key ("pipeline", "partition", "position")
);

create table if not exists "tandem_duplicate" (
  "pipeline" varchar not null,
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp not null,
  "micro_batch" bigint not null,
  "of_partition" int not null,
  "of_position" bigint not null,
  "raw" blob not null,
  primary key ("pipeline", "partition", "position")
);

create table if not exists "tandem_late" (
  "pipeline" varchar not null,
  "partition" int not null,
  "position" bigint not null,
  "view" varchar not null,
  "window_start" timestamp not null,
  "window_end" timestamp not null,
  "whole" boolean not null,
  "event_time" timestamp not null,
  "arrived_at" timestamp not null,
  "micro_batch" bigint not null,
  primary key ("pipeline", "partition", "position", "view", "window_start")
);

create table if not exists "tandem_epoch" (
  "pipeline" varchar not null,
  "epoch" bigint not null,
  "owner" varchar not null,
  "since" timestamp not null,
  primary key ("pipeline")
);

create table if not exists "tandem_parity" (
  "pipeline" varchar not null,
  "stream_run" varchar not null,
  "batch_run" varchar not null,
  "view" varchar not null,
  "row_key" blob not null,
  "measure" varchar not null,
  "window_start" timestamp,
  "window_end" timestamp,
  "key_json" varchar not null,
  "stream" varchar,
  "batch" varchar,
  "verdict" varchar not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure")
);

create table if not exists "tandem_cause" (
  "pipeline" varchar not null,
  "stream_run" varchar not null,
  "batch_run" varchar not null,
  "view" varchar not null,
  "row_key" blob not null,
  "measure" varchar not null,
  "cause" varchar not null,
  "amount" varchar,
  "records" varchar not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure", "cause")
);

create table if not exists "tandem_file" (
  "pipeline" varchar not null,
  "number" bigint not null,
  "name" varchar not null,
  "bytes" bigint not null,
  "sha256" varchar not null,
  "first_position" bigint not null,
  "records" bigint not null,
  "arrived_at" timestamp not null,
  primary key ("pipeline", "number")
);

create table if not exists "tandem_segment" (
  "pipeline" varchar not null,
  "micro_batch" bigint not null,
  "ordinal" int not null,
  "name" varchar not null,
  "kind" varchar not null,
  "bytes" bigint not null,
  "checksum" bigint not null,
  "records" bigint not null,
  "partition" int not null,
  "from_position" bigint not null,
  "until_position" bigint not null,
  primary key ("pipeline", "micro_batch", "ordinal")
);

create table if not exists "tandem_topic" (
  "pipeline" varchar not null,
  "number" bigint not null,
  "partition" int not null,
  "topic_id" varchar not null,
  "shift" bigint not null,
  "unread_from" bigint,
  "unread_until" bigint,
  "noted_at" timestamp not null,
  primary key ("pipeline", "number", "partition")
);

create table if not exists "tandem_owner" (
  "table_name" varchar not null,
  "pipeline" varchar not null,
  "mode" varchar not null,
  "holds" varchar not null,
  primary key ("table_name")
);

create table if not exists "tandem_definition" (
  "pipeline" varchar not null,
  "hash" varchar not null,
  "meaning" varchar not null,
  "noted_at" timestamp not null,
  primary key ("pipeline", "hash")
);

create table if not exists "tandem_rebuild" (
  "pipeline" varchar not null,
  "state" varchar not null,
  "run_id" varchar not null,
  "since" timestamp not null,
  primary key ("pipeline")
);

create table if not exists "tweet_raw" (
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp not null,
  "event_time" timestamp not null,
  "identity" blob,
  "micro_batch" bigint not null,
  "id" varchar,
  "price" decimal(38,10),
  "at" timestamp,
  "raw" blob not null,
  primary key ("partition", "position")
);

create table if not exists "stream_stats" (
  "row_key" blob not null,
  "window_start" timestamp not null,
  "window_end" timestamp not null,
  "tag" varchar,
  "size" int,
  "likes" bigint,
  "spent" decimal(38,2),
  "share" double,
  "first" timestamp,
  "day" date,
  "any" boolean,
  "status" varchar not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "batch_stats" (
  "row_key" blob not null,
  "window_start" timestamp not null,
  "window_end" timestamp not null,
  "tag" varchar,
  "size" int,
  "likes" bigint,
  "spent" decimal(38,2),
  "share" double,
  "first" timestamp,
  "day" date,
  "any" boolean,
  "status" varchar not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "stream_ever" (
  "row_key" blob not null,
  "tweets" bigint,
  "status" varchar not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "batch_ever" (
  "row_key" blob not null,
  "tweets" bigint,
  "status" varchar not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "stream_events" (
  "id" varchar,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double,
  "timestamp" timestamp,
  "day" date,
  "ok" boolean,
  "tags" varchar,
  "row_key" blob not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "batch_events" (
  "id" varchar,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double,
  "timestamp" timestamp,
  "day" date,
  "ok" boolean,
  "tags" varchar,
  "row_key" blob not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

create table if not exists "cancelled" (
  "id" varchar,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double,
  "timestamp" timestamp,
  "day" date,
  "ok" boolean,
  "tags" varchar,
  "row_key" blob not null,
  "as_of" timestamp not null,
  "run_id" varchar not null,
  primary key ("row_key")
);

insert into tandem_schema (version)
select wanted.version from (select 2 as version) wanted where not exists (select 1 from tandem_schema);
