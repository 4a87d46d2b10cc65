create table if not exists "tandem_schema" (
  "version" integer not null,
  primary key ("version")
);

create table if not exists "tandem_epoch" (
  "pipeline" text not null,
  "epoch" integer not null,
  "owner" text not null,
  "since" text not null,
  primary key ("pipeline")
);

create table if not exists "tandem_applied" (
  "pipeline" text not null,
  "target" text not null,
  "number" integer not null,
  "content" text not null,
  "run_id" text not null,
  "applied_at" text not null,
  primary key ("pipeline", "target")
);

create table if not exists "tandem_owner" (
  "table_name" text not null,
  "pipeline" text not null,
  "mode" text not null,
  "holds" text not null,
  primary key ("table_name")
);

create table if not exists "reported_stats" (
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

create index if not exists "reported_stats_by_0" on "reported_stats" ("window_start");

create table if not exists "reported_events" (
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
