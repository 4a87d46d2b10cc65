create table if not exists "tandem_schema" (
  "version" bigint not null,
  primary key ("version")
);

create table if not exists "tandem_epoch" (
  "pipeline" varchar not null,
  "epoch" bigint not null,
  "owner" varchar not null,
  "since" timestamp not null,
  primary key ("pipeline")
);

create table if not exists "tandem_applied" (
  "pipeline" varchar not null,
  "target" varchar not null,
  "number" bigint not null,
  "content" varchar not null,
  "run_id" varchar not null,
  "applied_at" timestamp not null,
  primary key ("pipeline", "target")
);

create table if not exists "tandem_owner" (
  "table_name" varchar not null,
  "pipeline" varchar not null,
  "mode" varchar not null,
  "holds" varchar not null,
  primary key ("table_name")
);

create table if not exists "reported_stats" (
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

create table if not exists "reported_events" (
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
