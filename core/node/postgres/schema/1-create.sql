-- Arcwarden: shared store, schema version 1.
--
-- An administrator applies this file to an empty database, as its owner:
--   psql -v ON_ERROR_STOP=1 -f 1-create.sql DATABASE
-- and then grants each person one of the roles, for example:
--   grant arcwarden_operator to alice;
--
-- arcwarden_reader sees everything. arcwarden_operator also changes clusters and writes the audit trail, but only
-- through the functions below. arcwarden_admin can also grant these roles.

begin;

do $$
begin
  if current_setting('server_encoding') <> 'UTF8' then
    raise exception 'this database has the encoding %; Arcwarden needs UTF8', current_setting('server_encoding');
  end if;
  if not exists (select from pg_roles where rolname = 'arcwarden_reader') then
    create role arcwarden_reader;
  end if;
  if not exists (select from pg_roles where rolname = 'arcwarden_operator') then
    create role arcwarden_operator in role arcwarden_reader;
  end if;
  if not exists (select from pg_roles where rolname = 'arcwarden_admin') then
    create role arcwarden_admin in role arcwarden_operator;
    grant arcwarden_reader, arcwarden_operator to arcwarden_admin with admin option;
  end if;
end
$$;

create schema arcwarden;

create table arcwarden.schema_version (version integer primary key, applied_at timestamptz not null default now());
insert into arcwarden.schema_version values (1);

-- The lock on this row orders all changes, so revisions have no gaps and the audit trail has one end.
create table arcwarden.head (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid(),
  revision bigint not null,
  lines bigint not null,
  hash text not null
);
insert into arcwarden.head (revision, lines, hash) values (0, 0, repeat('0', 64));

-- One row for each cluster and kind. Objects of the whole fleet have an empty cluster id. A removed object keeps its
-- row without a value, so that consoles learn of its removal. Values are JSON texts: the type jsonb would refuse the
-- character U+0000, which names in certificates may contain.
create table arcwarden.object (
  cluster_id text not null,
  kind text not null,
  revision bigint not null,
  value text,
  primary key (cluster_id, kind)
);
create index object_revision on arcwarden.object (revision);

create table arcwarden.change (
  revision bigint primary key,
  request text not null unique,
  made_at timestamptz not null,
  made_by text not null,
  login name not null default session_user
);

-- Requests that were given up before they were done. They are never done later.
create table arcwarden.given_up (request text primary key);

create table arcwarden.audit_line (
  line bigint primary key,
  revision bigint not null references arcwarden.change,
  hash text not null,
  text text not null
);

-- A claim ends by itself. Its number grows with each new owner and is never used twice.
create table arcwarden.claim (
  name text primary key,
  owner text not null,
  number bigint not null,
  until timestamptz not null
);
create index on arcwarden.claim (until);

-- Changes objects and writes lines of the audit trail, in one step. Each line comes as its JSON members from "by" to
-- "params"; this function adds its number, the time and the SHA-256 of the line before. Fails with AW001 and the first
-- object that somebody else has changed.
create function arcwarden.commit_change(
  request text, made_by text, cluster_ids text[], kinds text[], based_on bigint[], contents text[], lines text[]
) returns bigint
language plpgsql security definer set search_path = arcwarden, pg_temp as $$
declare
  head arcwarden.head;
  done bigint;
  other record;
  made_at timestamptz;
  line text;
begin
  if cardinality(lines) = 0 then
    raise exception 'a change without a line of the audit trail' using errcode = 'AW002';
  end if;
  select * into head from arcwarden.head for update;
  select c.revision into done from arcwarden.change c where c.request = commit_change.request;
  if found then
    return done;
  end if;
  if exists (select from arcwarden.given_up g where g.request = commit_change.request) then
    raise exception 'this request was given up' using errcode = 'AW003';
  end if;
  select o.cluster_id, o.kind, c.made_by, c.made_at into other
    from unnest(cluster_ids, kinds, based_on) as w(cluster_id, kind, based_on)
    join arcwarden.object o on o.cluster_id = w.cluster_id and o.kind = w.kind and o.revision > w.based_on
    join arcwarden.change c on c.revision = o.revision
    limit 1;
  if found then
    raise exception 'somebody else has changed %', other.cluster_id using errcode = 'AW001',
      detail = json_build_object('clusterId', other.cluster_id, 'kind', other.kind, 'by', other.made_by,
        'at', to_char(other.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text;
  end if;
  made_at := clock_timestamp();
  head.revision := head.revision + 1;
  insert into arcwarden.change values (head.revision, request, made_at, made_by);
  insert into arcwarden.object
    select w.cluster_id, w.kind, head.revision, w.value
    from unnest(cluster_ids, kinds, contents) as w(cluster_id, kind, value)
    on conflict (cluster_id, kind) do update set revision = excluded.revision, value = excluded.value;
  foreach line in array lines loop
    -- Fails unless the members are JSON; a line of the trail is one line of a file.
    perform ('{' || line || '}')::json;
    if line ~ '[\n\r]' then
      raise exception 'a line of the audit trail with a line break' using errcode = 'AW002';
    end if;
    head.lines := head.lines + 1;
    line := '{"line":' || head.lines || ',"at":"' || to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      || '",' || line || ',"previous":"' || head.hash || '"}';
    head.hash := encode(sha256(convert_to(line, 'UTF8')), 'hex');
    insert into arcwarden.audit_line values (head.lines, head.revision, head.hash, line);
  end loop;
  update arcwarden.head h set revision = head.revision, lines = head.lines, hash = head.hash;
  perform pg_notify('arcwarden', head.revision::text);
  return head.revision;
end
$$;

-- Returns the revision of a request. One that was not done is given up, so that the answer stays true even if the
-- request is still on its way. The update makes this answer wait for the same replication as the request itself.
create function arcwarden.settle_request(request text) returns bigint
language plpgsql security definer set search_path = arcwarden, pg_temp as $$
declare
  done bigint;
begin
  update arcwarden.head h set revision = h.revision;
  select c.revision into done from arcwarden.change c where c.request = settle_request.request;
  if done is null then
    insert into arcwarden.given_up values (request) on conflict do nothing;
  end if;
  return done;
end
$$;

-- Returns the claim that exists afterwards: the caller's own, or that of somebody else.
create function arcwarden.take_claim(claimed text, claimant text, seconds integer) returns arcwarden.claim
language plpgsql security definer set search_path = arcwarden, pg_temp as $$
declare
  result arcwarden.claim;
begin
  insert into arcwarden.claim as c values (claimed, claimant, 1, clock_timestamp() + make_interval(secs => seconds))
    on conflict (name) do update
      set owner = excluded.owner, until = excluded.until,
        number = c.number + case when c.owner = excluded.owner and c.until > clock_timestamp() then 0 else 1 end
      where c.owner = excluded.owner or c.until <= clock_timestamp()
    returning * into result;
  if found then
    perform pg_notify('arcwarden', 'claim ' || claimed);
  else
    select * into result from arcwarden.claim c where c.name = claimed;
  end if;
  -- Nobody fences by the numbers of quiet claims, so those that have ended need no row. Waiting for one of them could
  -- be a deadlock, since another console may wait for the claim above.
  delete from arcwarden.claim where name in (
    select c.name from arcwarden.claim c
    where c.until <= clock_timestamp() and starts_with(c.name, 'quiet/') and c.name <> claimed
    for update skip locked
  );
  return result;
end
$$;

create function arcwarden.end_claim(claimed text, claimant text, claim_number bigint) returns void
language sql security definer set search_path = arcwarden, pg_temp as $$
  update arcwarden.claim set until = clock_timestamp()
    where name = claimed and owner = claimant and number = claim_number and until > clock_timestamp();
  select pg_notify('arcwarden', 'claim ' || claimed);
$$;

revoke all on all functions in schema arcwarden from public;
grant usage on schema arcwarden to arcwarden_reader;
grant select on all tables in schema arcwarden to arcwarden_reader;
grant execute on all functions in schema arcwarden to arcwarden_operator;

commit;
