create table if not exists "tandem_schema" (
  "version" bigint not null,
  primary key ("version")
);

create table if not exists "tandem_epoch" (
  "pipeline" varchar(64) not null,
  "epoch" bigint not null,
  "owner" text not null,
  "since" timestamp(6) with time zone not null,
  primary key ("pipeline")
);

create table if not exists "tandem_applied" (
  "pipeline" varchar(64) not null,
  "target" varchar(64) not null,
  "number" bigint not null,
  "content" text not null,
  "run_id" varchar(64) not null,
  "applied_at" timestamp(6) with time zone not null,
  primary key ("pipeline", "target")
);

create table if not exists "tandem_owner" (
  "table_name" varchar(64) not null,
  "pipeline" varchar(64) not null,
  "mode" varchar(64) not null,
  "holds" varchar(64) not null,
  primary key ("table_name")
);

create table if not exists "reported_stats" (
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

create index if not exists "reported_stats_by_0" on "reported_stats" ("window_start");

create table if not exists "reported_events" (
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
