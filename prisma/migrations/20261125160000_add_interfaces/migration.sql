create table "interface_families" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "name" text not null,
  "icon" bytea,
  "icon_type" text,
  "icon_tag" text,
  "published" boolean not null default false,
  "created_at" timestamptz(3) not null,
  constraint "interface_families_pkey" primary key ("id")
);
create unique index "interface_families_workspace_id_name_key" on "interface_families"("workspace_id", "name");
-- Whose name it is in the hub.
create unique index interface_families_published_name on interface_families (name) where published;
alter table "interface_families" add constraint "interface_families_workspace_id_fkey" foreign key ("workspace_id") references "workspaces"("id") on delete cascade on update cascade;

create table "interfaces" (
  "id" uuid not null,
  "family_id" uuid not null,
  "workspace_id" uuid not null,
  "version" text not null,
  "title" text not null,
  "description" text not null,
  "public" boolean not null,
  "sdk_version" text,
  "definition" json not null,
  "attributes" jsonb not null,
  "readme" bytea,
  "readme_tag" text,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  "seq" bigint not null generated always as identity,
  constraint "interfaces_pkey" primary key ("id")
);
create unique index "interfaces_seq_key" on "interfaces"("seq");
create unique index "interfaces_family_id_version_key" on "interfaces"("family_id", "version");
create index "interfaces_workspace_id_created_at_seq_idx" on "interfaces"("workspace_id", "created_at" desc, "seq" desc);
create index interfaces_public_by_creation on interfaces (created_at desc, seq desc) where public;
alter table "interfaces" add constraint "interfaces_family_id_fkey" foreign key ("family_id") references "interface_families"("id") on delete cascade on update cascade;
alter table "interfaces" add constraint "interfaces_workspace_id_fkey" foreign key ("workspace_id") references "workspaces"("id") on delete cascade on update cascade;

create table "implementations" (
  "integration_id" uuid not null,
  "alias" text not null,
  "interface_id" uuid not null,
  constraint "implementations_pkey" primary key ("integration_id", "alias")
);
create index "implementations_interface_id_idx" on "implementations"("interface_id");
alter table "implementations" add constraint "implementations_integration_id_fkey" foreign key ("integration_id") references "integrations"("id") on delete cascade on update cascade;
alter table "implementations" add constraint "implementations_interface_id_fkey" foreign key ("interface_id") references "interfaces"("id") on delete cascade on update cascade;

-- Until now no integration implemented any.
alter table "integrations" add column "interface_names" text[] not null default '{}';
alter table "integrations" alter column "interface_names" drop default, alter column "interface_names" drop not null;
