-- The tables that the examples with MySQL read: mysql < examples/mysql/test.sql
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
drop table if exists test_db.events;
create table test_db.events (
  id bigint not null auto_increment primary key,
  kind varchar(20) not null
);
insert into test_db.events (kind) values ('opened'), ('viewed'), ('closed');
drop table if exists test_db.orders;
create table test_db.orders (
  id bigint not null auto_increment primary key,
  total decimal(10, 2) not null,
  updated_at timestamp(6) not null default current_timestamp(6) on update current_timestamp(6),
  key (updated_at)
);
insert into test_db.orders (total) values (19.99), (5.00), (250.10);
