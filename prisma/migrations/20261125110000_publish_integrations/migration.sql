-- Which workspace's name it is in the hub: once somebody has published under it, nobody else does.
alter table "integration_families" add column "published" boolean not null default false;
update "integration_families" set "published" = true where "id" in (
  select distinct on (f."name") f."id"
  from "integration_families" f join "integrations" n on n."family_id" = f."id"
  where not n."dev" and n."visibility" <> 'private'
  order by f."name", f."created_at", f."id");
create unique index integration_families_published_name on integration_families (name) where published;

-- Lists walk an index of their own order: those of a workspace need the workspace beside the moment.
alter table "integrations" add column "workspace_id" uuid, add column "action_names" text[];
update "integrations" n set
  "workspace_id" = (select f."workspace_id" from "integration_families" f where f."id" = n."family_id"),
  "action_names" = array(select json_object_keys(n."definition" -> 'actions'));
alter table "integrations" alter column "workspace_id" set not null;
alter table "integrations" add constraint "integrations_workspace_id_fkey" foreign key ("workspace_id") references "workspaces"("id") on delete cascade on update cascade;
create index "integrations_workspace_id_dev_created_at_seq_idx" on "integrations"("workspace_id", "dev", "created_at" desc, "seq" desc);
create index "integrations_workspace_id_dev_updated_at_seq_idx" on "integrations"("workspace_id", "dev", "updated_at" desc, "seq" desc);
create index integrations_public_by_creation on integrations (created_at desc, seq desc) where not dev and visibility = 'public';
create index integrations_public_by_change on integrations (updated_at desc, seq desc) where not dev and visibility = 'public';
