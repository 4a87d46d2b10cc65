create table if not exists `tandem_schema` (
  `version` bigint not null,
  primary key (`version`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_run` (
  `run_id` varchar(64) not null,
  `pipeline` varchar(64) not null,
  `mode` varchar(64) not null,
  `definition` varchar(64) not null,
  `cut` mediumtext,
  `started` datetime(6) not null,
  `finished` datetime(6),
  `outcome` mediumtext,
  `metrics` mediumtext,
  primary key (`run_id`),
  index `tandem_run_by_0` (`pipeline`, `mode`, `started`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_ledger` (
  `pipeline` varchar(64) not null,
  `number` bigint not null,
  `partition` int not null,
  `query` varchar(64) not null,
  `engine_batch` bigint,
  `run_id` varchar(64) not null,
  `from_position` bigint not null,
  `until_position` bigint not null,
  `records` bigint not null,
  `accepted` bigint not null,
  `quarantined` bigint not null,
  `duplicate` bigint not null,
  `late` bigint not null,
  `filtered` bigint not null,
  `split` bigint not null,
  `late_partial` bigint not null,
  `watermark_late` datetime(6),
  `watermark_close` datetime(6),
  `highest_event` datetime(6),
  `waiting` bigint not null,
  `unmatched` mediumtext,
  `read_at` datetime(6) not null,
  `first_arrival` datetime(6),
  `committed_at` datetime(6) not null,
  primary key (`pipeline`, `number`, `partition`),
  unique index `tandem_ledger_by_0` (`pipeline`, `query`, `engine_batch`, `partition`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_quarantine` (
  `pipeline` varchar(64) not null,
  `partition` int not null,
  `position` bigint not null,
  `arrived_at` datetime(6) not null,
  `micro_batch` bigint not null,
  `reason` mediumtext not null,
  `detail` mediumtext not null,
  `raw` mediumblob not null,
  primary key (`pipeline`, `partition`, `position`),
  index `tandem_quarantine_by_0` (`pipeline`, `micro_batch`, `partition`, `position`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_duplicate` (
  `pipeline` varchar(64) not null,
  `partition` int not null,
  `position` bigint not null,
  `arrived_at` datetime(6) not null,
  `micro_batch` bigint not null,
  `of_partition` int not null,
  `of_position` bigint not null,
  `raw` mediumblob not null,
  primary key (`pipeline`, `partition`, `position`),
  index `tandem_duplicate_by_0` (`pipeline`, `micro_batch`, `partition`, `position`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_late` (
  `pipeline` varchar(64) not null,
  `partition` int not null,
  `position` bigint not null,
  `view` varchar(64) not null,
  `window_start` datetime(6) not null,
  `window_end` datetime(6) not null,
  `whole` boolean not null,
  `event_time` datetime(6) not null,
  `arrived_at` datetime(6) not null,
  `micro_batch` bigint not null,
  primary key (`pipeline`, `partition`, `position`, `view`, `window_start`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_epoch` (
  `pipeline` varchar(64) not null,
  `epoch` bigint not null,
  `owner` mediumtext not null,
  `since` datetime(6) not null,
  primary key (`pipeline`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_parity` (
  `pipeline` varchar(64) not null,
  `stream_run` varchar(64) not null,
  `batch_run` varchar(64) not null,
  `view` varchar(64) not null,
  `row_key` binary(16) not null,
  `measure` varchar(64) not null,
  `window_start` datetime(6),
  `window_end` datetime(6),
  `key_json` mediumtext not null,
  `stream` mediumtext,
  `batch` mediumtext,
  `verdict` varchar(64) not null,
  primary key (`pipeline`, `stream_run`, `batch_run`, `view`, `row_key`, `measure`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_cause` (
  `pipeline` varchar(64) not null,
  `stream_run` varchar(64) not null,
  `batch_run` varchar(64) not null,
  `view` varchar(64) not null,
  `row_key` binary(16) not null,
  `measure` varchar(64) not null,
  `cause` varchar(64) not null,
  `amount` mediumtext,
  `records` mediumtext not null,
  primary key (`pipeline`, `stream_run`, `batch_run`, `view`, `row_key`, `measure`, `cause`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_file` (
  `pipeline` varchar(64) not null,
  `number` bigint not null,
  `name` mediumtext not null,
  `bytes` bigint not null,
  `sha256` varchar(64) not null,
  `first_position` bigint not null,
  `records` bigint not null,
  `arrived_at` datetime(6) not null,
  primary key (`pipeline`, `number`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_segment` (
  `pipeline` varchar(64) not null,
  `micro_batch` bigint not null,
  `ordinal` int not null,
  `name` mediumtext not null,
  `kind` varchar(64) not null,
  `bytes` bigint not null,
  `checksum` bigint not null,
  `records` bigint not null,
  `partition` int not null,
  `from_position` bigint not null,
  `until_position` bigint not null,
  primary key (`pipeline`, `micro_batch`, `ordinal`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_topic` (
  `pipeline` varchar(64) not null,
  `number` bigint not null,
  `partition` int not null,
  `topic_id` varchar(64) not null,
  `shift` bigint not null,
  `unread_from` bigint,
  `unread_until` bigint,
  `noted_at` datetime(6) not null,
  primary key (`pipeline`, `number`, `partition`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_owner` (
  `table_name` varchar(64) not null,
  `pipeline` varchar(64) not null,
  `mode` varchar(64) not null,
  `holds` varchar(64) not null,
  primary key (`table_name`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_definition` (
  `pipeline` varchar(64) not null,
  `hash` varchar(64) not null,
  `meaning` mediumtext not null,
  `noted_at` datetime(6) not null,
  primary key (`pipeline`, `hash`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tandem_rebuild` (
  `pipeline` varchar(64) not null,
  `state` varchar(64) not null,
  `run_id` varchar(64) not null,
  `since` datetime(6) not null,
  primary key (`pipeline`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `tweet_raw` (
  `partition` int not null,
  `position` bigint not null,
  `arrived_at` datetime(6) not null,
  `event_time` datetime(6) not null,
  `identity` binary(16),
  `micro_batch` bigint not null,
  `id` mediumtext,
  `price` decimal(38,10),
  `at` datetime(6),
  `raw` mediumblob not null,
  primary key (`partition`, `position`),
  index `tweet_raw_by_0` (`micro_batch`, `partition`, `position`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `stream_stats` (
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
  index `stream_stats_by_0` (`window_start`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `batch_stats` (
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
  index `batch_stats_by_0` (`window_start`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `stream_ever` (
  `row_key` binary(16) not null,
  `tweets` bigint,
  `status` varchar(64) not null,
  `revision` int not null,
  `events` bigint not null,
  `as_of` datetime(6) not null,
  `run_id` varchar(64) not null,
  primary key (`row_key`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `batch_ever` (
  `row_key` binary(16) not null,
  `tweets` bigint,
  `status` varchar(64) not null,
  `revision` int not null,
  `events` bigint not null,
  `as_of` datetime(6) not null,
  `run_id` varchar(64) not null,
  primary key (`row_key`)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists `stream_events` (
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

create table if not exists `batch_events` (
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

create table if not exists `cancelled` (
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
