-- The table that mysql_to_bigquery.json reads: mysql < examples/mysql/test.sql
create database if not exists test_db;
drop table if exists test_db.test;
create table test_db.test (
  id bigint unsigned not null auto_increment,
  name varchar(255),
  date date not null,
  memo varchar(255),
  primary key (id, date)
);
insert into test_db.test (name, date, memo) values
  ('test1', '2023-01-01', null),
  ('test2', '2023-02-02', 'two'),
  ('test3', '2023-03-03', null),
  ('test4', '2023-04-04', 'four'),
  ('test5', '2023-05-05', null);
