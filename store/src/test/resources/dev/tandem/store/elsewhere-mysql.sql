create table if not exists `tandem_schema` (
  `version` bigint not null,
  primary key (`version`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_epoch` (
  `pipeline` varchar(64) not null,
  `epoch` bigint not null,
  `owner` mediumtext not null,
  `since` datetime(6) not null,
  primary key (`pipeline`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_applied` (
  `pipeline` varchar(64) not null,
  `target` varchar(64) not null,
  `number` bigint not null,
  `content` mediumtext not null,
  `run_id` varchar(64) not null,
  `applied_at` datetime(6) not null,
  primary key (`pipeline`, `target`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_owner` (
  `table_name` varchar(64) not null,
  `pipeline` varchar(64) not null,
  `mode` varchar(64) not null,
  `holds` varchar(64) not null,
  primary key (`table_name`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `reported_stats` (
  `row_key` binary(16) not null,
  `window_start` datetime(6) not null,
  `window_end` datetime(6) not null,
  `tag` mediumtext,
  `size` int,
  `likes` bigint,
  `spent` decimal(38,2),
  `share` double,
  `first` datetime(6),
  `day` date,
  `any` boolean,
  `status` varchar(64) not null,
  `revision` int not null,
  `events` bigint not null,
  `as_of` datetime(6) not null,
  `run_id` varchar(64) not null,
  primary key (`row_key`),
  index `reported_stats_by_0` (`window_start`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `reported_events` (
  `id` mediumtext,
  `quantity` int,
  `price` decimal(38,2),
  `ratio` double,
  `timestamp` datetime(6),
  `day` date,
  `ok` boolean,
  `tags` mediumtext,
  `row_key` binary(16) not null,
  `as_of` datetime(6) not null,
  `run_id` varchar(64) not null,
  primary key (`row_key`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

insert into tandem_schema (version)
select wanted.version from (select 2 as version) wanted where not exists (select 1 from tandem_schema);
