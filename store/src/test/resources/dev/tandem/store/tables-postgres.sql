create table if not exists "tandem_schema" (
  "version" bigint not null,
  primary key ("version")
);

create table if not exists "tandem_run" (
  "run_id" varchar(64) not null,
  "pipeline" varchar(64) not null,
  "mode" varchar(64) not null,
  "definition" varchar(64) not null,
  "cut" text,
  "started" timestamp(6) with time zone not null,
  "finished" timestamp(6) with time zone,
  "outcome" text,
  "metrics" text,
  primary key ("run_id")
);

create index if not exists "tandem_run_by_0" on "tandem_run" ("pipeline", "mode", "started");

create table if not exists "tandem_ledger" (
  "pipeline" varchar(64) not null,
  "number" bigint not null,
  "partition" int not null,
  "query" varchar(64) not null,
  "engine_batch" bigint,
  "run_id" varchar(64) not null,
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
  "watermark_late" timestamp(6) with time zone,
  "watermark_close" timestamp(6) with time zone,
  "highest_event" timestamp(6) with time zone,
  "waiting" bigint not null,
  "unmatched" text,
  "read_at" timestamp(6) with time zone not null,
  "first_arrival" timestamp(6) with time zone,
  "committed_at" timestamp(6) with time zone not null,
  primary key ("pipeline", "number", "partition")
);

create unique index if not exists "tandem_ledger_by_0" on "tandem_ledger" ("pipeline", "query", "engine_batch", "partition");

create table if not exists "tandem_quarantine" (
  "pipeline" varchar(64) not null,
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp(6) with time zone not null,
  "micro_batch" bigint not null,
  "reason" text not null,
  "detail" text not null,
  "raw" bytea not null,
  primary key ("pipeline", "partition", "position")
);

create index if not exists "tandem_quarantine_by_0" on "tandem_quarantine" ("pipeline", "micro_batch", "partition", "position");

create table if not exists "tandem_duplicate" (
  "pipeline" varchar(64) not null,
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp(6) with time zone not null,
  "micro_batch" bigint not null,
  "of_partition" int not null,
  "of_position" bigint not null,
  "raw" bytea not null,
  primary key ("pipeline", "partition", "position")
);

create index if not exists "tandem_duplicate_by_0" on "tandem_duplicate" ("pipeline", "micro_batch", "partition", "position");

create table if not exists "tandem_late" (
  "pipeline" varchar(64) not null,
  "partition" int not null,
  "position" bigint not null,
  "view" varchar(64) not null,
  "window_start" timestamp(6) with time zone not null,
  "window_end" timestamp(6) with time zone not null,
  "whole" boolean not null,
  "event_time" timestamp(6) with time zone not null,
  "arrived_at" timestamp(6) with time zone not null,
  "micro_batch" bigint not null,
  primary key ("pipeline", "partition", "position", "view", "window_start")
);

create table if not exists "tandem_epoch" (
  "pipeline" varchar(64) not null,
  "epoch" bigint not null,
  "owner" text not null,
  "since" timestamp(6) with time zone not null,
  primary key ("pipeline")
);

create table if not exists "tandem_parity" (
  "pipeline" varchar(64) not null,
  "stream_run" varchar(64) not null,
  "batch_run" varchar(64) not null,
  "view" varchar(64) not null,
  "row_key" bytea not null,
  "measure" varchar(64) not null,
  "window_start" timestamp(6) with time zone,
  "window_end" timestamp(6) with time zone,
  "key_json" text not null,
  "stream" text,
  "batch" text,
  "verdict" varchar(64) not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure")
);

create table if not exists "tandem_cause" (
  "pipeline" varchar(64) not null,
  "stream_run" varchar(64) not null,
  "batch_run" varchar(64) not null,
  "view" varchar(64) not null,
  "row_key" bytea not null,
  "measure" varchar(64) not null,
  "cause" varchar(64) not null,
  "amount" text,
  "records" text not null,
  primary key ("pipeline", "stream_run", "batch_run", "view", "row_key", "measure", "cause")
);

create table if not exists "tandem_file" (
  "pipeline" varchar(64) not null,
  "number" bigint not null,
  "name" text not null,
  "bytes" bigint not null,
  "sha256" varchar(64) not null,
  "first_position" bigint not null,
  "records" bigint not null,
  "arrived_at" timestamp(6) with time zone not null,
  primary key ("pipeline", "number")
);

create table if not exists "tandem_segment" (
  "pipeline" varchar(64) not null,
  "micro_batch" bigint not null,
  "ordinal" int not null,
  "name" text not null,
  "kind" varchar(64) not null,
  "bytes" bigint not null,
  "checksum" bigint not null,
  "records" bigint not null,
  "partition" int not null,
  "from_position" bigint not null,
  "until_position" bigint not null,
  primary key ("pipeline", "micro_batch", "ordinal")
);

create table if not exists "tandem_topic" (
  "pipeline" varchar(64) not null,
  "number" bigint not null,
  "partition" int not null,
  "topic_id" varchar(64) not null,
  "shift" bigint not null,
  "unread_from" bigint,
  "unread_until" bigint,
  "noted_at" timestamp(6) with time zone not null,
  primary key ("pipeline", "number", "partition")
);

create table if not exists "tandem_owner" (
  "table_name" varchar(64) not null,
  "pipeline" varchar(64) not null,
  "mode" varchar(64) not null,
  "holds" varchar(64) not null,
  primary key ("table_name")
);

create table if not exists "tandem_definition" (
  "pipeline" varchar(64) not null,
  "hash" varchar(64) not null,
  "meaning" text not null,
  "noted_at" timestamp(6) with time zone not null,
  primary key ("pipeline", "hash")
);

create table if not exists "tandem_rebuild" (
  "pipeline" varchar(64) not null,
  "state" varchar(64) not null,
  "run_id" varchar(64) not null,
  "since" timestamp(6) with time zone not null,
  primary key ("pipeline")
);

create table if not exists "tweet_raw" (
  "partition" int not null,
  "position" bigint not null,
  "arrived_at" timestamp(6) with time zone not null,
  "event_time" timestamp(6) with time zone not null,
  "identity" bytea,
  "micro_batch" bigint not null,
  "id" text,
  "price" decimal(38,10),
  "at" timestamp(6) with time zone,
  "raw" bytea not null,
  primary key ("partition", "position")
);

create index if not exists "tweet_raw_by_0" on "tweet_raw" ("micro_batch", "partition", "position");

create table if not exists "stream_stats" (
  "row_key" bytea not null,
  "window_start" timestamp(6) with time zone not null,
  "window_end" timestamp(6) with time zone not null,
  "tag" text,
  "size" int,
  "likes" bigint,
  "spent" decimal(38,2),
  "share" double precision,
  "first" timestamp(6) with time zone,
  "day" date,
  "any" boolean,
  "status" varchar(64) not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create index if not exists "stream_stats_by_0" on "stream_stats" ("window_start");

create table if not exists "batch_stats" (
  "row_key" bytea not null,
  "window_start" timestamp(6) with time zone not null,
  "window_end" timestamp(6) with time zone not null,
  "tag" text,
  "size" int,
  "likes" bigint,
  "spent" decimal(38,2),
  "share" double precision,
  "first" timestamp(6) with time zone,
  "day" date,
  "any" boolean,
  "status" varchar(64) not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create index if not exists "batch_stats_by_0" on "batch_stats" ("window_start");

create table if not exists "stream_ever" (
  "row_key" bytea not null,
  "tweets" bigint,
  "status" varchar(64) not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create table if not exists "batch_ever" (
  "row_key" bytea not null,
  "tweets" bigint,
  "status" varchar(64) not null,
  "revision" int not null,
  "events" bigint not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create table if not exists "stream_events" (
  "id" text,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double precision,
  "timestamp" timestamp(6) with time zone,
  "day" date,
  "ok" boolean,
  "tags" text,
  "row_key" bytea not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create table if not exists "batch_events" (
  "id" text,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double precision,
  "timestamp" timestamp(6) with time zone,
  "day" date,
  "ok" boolean,
  "tags" text,
  "row_key" bytea not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

create table if not exists "cancelled" (
  "id" text,
  "quantity" int,
  "price" decimal(38,2),
  "ratio" double precision,
  "timestamp" timestamp(6) with time zone,
  "day" date,
  "ok" boolean,
  "tags" text,
  "row_key" bytea not null,
  "as_of" timestamp(6) with time zone not null,
  "run_id" varchar(64) not null,
  primary key ("row_key")
);

insert into tandem_schema (version)
select wanted.version from (select 2 as version) wanted where not exists (select 1 from tandem_schema);
