-- Ids compare as bytes: C order of a ULID is the order of creation, and a comparison is a memcmp.
-- CreateEnum
CREATE TYPE "tag_kind" AS ENUM ('user', 'conversation', 'message', 'workflow');

-- CreateTable
CREATE TABLE "bots" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_by" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL,
    "dev" BOOLEAN NOT NULL,
    "blocked" BOOLEAN NOT NULL DEFAULT false,
    "always_alive" BOOLEAN NOT NULL DEFAULT false,
    "url" TEXT,
    "code" TEXT,
    "authentication" TEXT,
    "max_execution_time_s" INTEGER,
    "definition" JSON NOT NULL,
    "tags" JSONB NOT NULL,
    "sealed_signing_secret" BYTEA NOT NULL,
    "sealed_configuration" BYTEA NOT NULL,
    "sealed_secrets" BYTEA NOT NULL,
    "secret_names" TEXT[],
    "deployed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,

    CONSTRAINT "bots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installations" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "alias" TEXT NOT NULL,
    "family_id" UUID NOT NULL,
    "integration_id" UUID,
    "enabled" BOOLEAN NOT NULL,
    "webhook_id" UUID NOT NULL,
    "identifier" TEXT,
    "configuration_type" TEXT,
    "sealed_configuration" BYTEA NOT NULL,
    "disabled_channels" TEXT[],
    "status" TEXT NOT NULL,
    "status_reason" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation_versions" (
    "installation_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,

    CONSTRAINT "installation_versions_pkey" PRIMARY KEY ("installation_id","integration_id")
);

-- CreateTable
CREATE TABLE "users" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "installation_id" UUID,
    "name" TEXT COLLATE "C",
    "picture_url" TEXT,
    "integration_tags" JSONB NOT NULL,
    "bot_tags" JSONB NOT NULL,
    "attributes" JSONB NOT NULL,
    "properties" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "installation_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "integration_tags" JSONB NOT NULL,
    "bot_tags" JSONB NOT NULL,
    "properties" JSONB NOT NULL,
    "current_task_id" TEXT COLLATE "C",
    "current_workflow_id" TEXT COLLATE "C",
    "message_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "participants" (
    "bot_id" UUID NOT NULL,
    "conversation_id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "participants_pkey" PRIMARY KEY ("bot_id","conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "conversation_id" TEXT COLLATE "C" NOT NULL,
    "installation_id" UUID NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "direction" TEXT NOT NULL,
    "origin" TEXT,
    "scheduled_at" TIMESTAMPTZ(3),
    "integration_tags" JSONB NOT NULL,
    "bot_tags" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "events" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "installation_id" UUID,
    "type" TEXT NOT NULL,
    "payload" JSON,
    "conversation_id" TEXT COLLATE "C",
    "user_id" TEXT COLLATE "C",
    "message_id" TEXT COLLATE "C",
    "workflow_id" TEXT COLLATE "C",
    "status" TEXT NOT NULL,
    "failure_reason" TEXT,
    "scheduled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "states" (
    "bot_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "owner_id" TEXT COLLATE "C" NOT NULL,
    "scope" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "payload" JSONB NOT NULL,
    "expiry_ms" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "states_pkey" PRIMARY KEY ("bot_id","type","owner_id","scope","name")
);

-- CreateTable
CREATE TABLE "tags" (
    "bot_id" UUID NOT NULL,
    "kind" "tag_kind" NOT NULL,
    "owner_id" TEXT COLLATE "C" NOT NULL,
    "scope" UUID NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("bot_id","kind","owner_id","scope","key")
);

-- CreateTable
CREATE TABLE "integration_families" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "icon" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "integration_families_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "integrations" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "dev" BOOLEAN NOT NULL,
    "visibility" TEXT NOT NULL,
    "lifecycle_status" TEXT NOT NULL,
    "verification_status" TEXT NOT NULL,
    "url" TEXT,
    "code" TEXT,
    "sdk_version" TEXT,
    "max_execution_time_s" INTEGER,
    "definition" JSON NOT NULL,
    "attributes" JSONB NOT NULL,
    "readme" BYTEA,
    "sealed_signing_secret" BYTEA NOT NULL,
    "sealed_secrets" BYTEA NOT NULL,
    "secret_names" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,

    CONSTRAINT "integrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "display_name" TEXT,
    "email_verified" BOOLEAN NOT NULL,
    "profile_picture" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "handle" TEXT,
    "about" TEXT NOT NULL DEFAULT '',
    "profile_picture" TEXT,
    "contact_email" TEXT,
    "website" TEXT,
    "social_accounts" TEXT[],
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "account_type" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "blocked" BOOLEAN NOT NULL DEFAULT false,
    "blocked_on_reactivation" BOOLEAN NOT NULL DEFAULT false,
    "spending_limit" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_members" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "account_id" UUID,
    "bot_id" UUID,
    "integration_family_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "server_facts" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "server_facts_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "bots_seq_key" ON "bots"("seq");

-- CreateIndex
CREATE INDEX "bots_workspace_id_created_at_seq_idx" ON "bots"("workspace_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "bots_workspace_id_updated_at_seq_idx" ON "bots"("workspace_id", "updated_at" DESC, "seq" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "installations_webhook_id_key" ON "installations"("webhook_id");

-- CreateIndex
CREATE INDEX "installations_integration_id_idx" ON "installations"("integration_id");

-- CreateIndex
CREATE INDEX "installations_family_id_idx" ON "installations"("family_id");

-- CreateIndex
CREATE UNIQUE INDEX "installations_bot_id_alias_key" ON "installations"("bot_id", "alias");

-- CreateIndex
CREATE INDEX "users_newest" ON "users"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "users_touched" ON "users"("bot_id", "updated_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "users_of_installation" ON "users"("bot_id", "installation_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "conversations_newest" ON "conversations"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "conversations_touched" ON "conversations"("bot_id", "updated_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "conversations_of_installation" ON "conversations"("bot_id", "installation_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "participants_newest" ON "participants"("bot_id", "conversation_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "participants_by_user" ON "participants"("bot_id", "user_id", "conversation_id");

-- CreateIndex
CREATE INDEX "messages_of_conversation" ON "messages"("bot_id", "conversation_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "messages_newest" ON "messages"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "events_newest" ON "events"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "tags_newest" ON "tags"("bot_id", "kind", "scope", "key", "value", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "integration_families_name_idx" ON "integration_families"("name");

-- CreateIndex
CREATE UNIQUE INDEX "integration_families_workspace_id_name_key" ON "integration_families"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "integrations_seq_key" ON "integrations"("seq");

-- CreateIndex
CREATE INDEX "integrations_family_id_created_at_idx" ON "integrations"("family_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_email_key" ON "accounts"("email");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_handle_key" ON "workspaces"("handle");

-- CreateIndex
CREATE INDEX "workspaces_owner_id_idx" ON "workspaces"("owner_id");

-- CreateIndex
CREATE INDEX "workspace_members_account_id_idx" ON "workspace_members"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_members_workspace_id_account_id_key" ON "workspace_members"("workspace_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "tokens_account_id_idx" ON "tokens"("account_id");

-- CreateIndex
CREATE INDEX "tokens_bot_id_idx" ON "tokens"("bot_id");

-- CreateIndex
CREATE INDEX "tokens_integration_family_id_idx" ON "tokens"("integration_family_id");

-- AddForeignKey
ALTER TABLE "bots" ADD CONSTRAINT "bots_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "installations" ADD CONSTRAINT "installations_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "installations" ADD CONSTRAINT "installations_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "integration_families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "installations" ADD CONSTRAINT "installations_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "integrations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "installation_versions" ADD CONSTRAINT "installation_versions_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "installations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "integration_families" ADD CONSTRAINT "integration_families_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "integration_families"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_integration_family_id_fkey" FOREIGN KEY ("integration_family_id") REFERENCES "integration_families"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Parts of the schema that Prisma's language has no words for follow: partial and expression indexes, triggers, functions.

-- One published version of a name; development versions may share theirs.
create unique index integrations_published_version on integrations (family_id, version) where not dev;

create index events_of_conversation on events (bot_id, conversation_id, created_at desc, seq desc) where conversation_id is not null;
create index events_of_message on events (bot_id, message_id) where message_id is not null;
create index states_expiring on states (expires_at) where expires_at is not null;

-- Get-or-create finds its match by hash and always compares the tags themselves as well, so a collision only costs time.
-- Not unique: a plain create may make a second object with equal tags.
create index users_by_integration_tags on users (bot_id, hashtextextended(integration_tags::text, 0)) where integration_tags <> '{}';
create index users_by_bot_tags on users (bot_id, hashtextextended(bot_tags::text, 0)) where bot_tags <> '{}';
create index conversations_by_integration_tags on conversations (bot_id, hashtextextended(integration_tags::text, 0)) where integration_tags <> '{}';
create index conversations_by_bot_tags on conversations (bot_id, hashtextextended(bot_tags::text, 0)) where bot_tags <> '{}';
create index messages_by_integration_tags on messages (bot_id, conversation_id, hashtextextended(integration_tags::text, 0)) where integration_tags <> '{}';
create index messages_by_bot_tags on messages (bot_id, conversation_id, hashtextextended(bot_tags::text, 0)) where bot_tags <> '{}';

-- Room on the page for the in-place (HOT) updates of message_count.
alter table conversations set (fillfactor = 85);

-- Every change of who may do what, or of what is declared, empties the caches of all api processes.
create function announce_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('understudy_changed', '');
  return null;
end $$;
create trigger tokens_changed after update or delete on tokens for each statement execute function announce_change();
create trigger members_changed after insert or update or delete on workspace_members for each statement execute function announce_change();
create trigger workspaces_changed after update or delete on workspaces for each statement execute function announce_change();
create trigger bots_changed after update or delete on bots for each statement execute function announce_change();
create trigger installations_changed after insert or update or delete on installations for each statement execute function announce_change();
create trigger integrations_changed after update or delete on integrations for each statement execute function announce_change();

-- The tag rows of an object follow its two columns. A trigger, because its statements take a fresh snapshot after the row
-- lock was granted: a common table expression beside the update gets out of step with concurrent writers.
create function tags_follow() returns trigger language plpgsql as $$
declare
  object_kind tag_kind := tg_argv[0]::tag_kind;
begin
  if tg_op in ('UPDATE', 'DELETE') then
    delete from tags t
    where t.bot_id = old.bot_id and t.kind = object_kind and t.owner_id = old.id
      and (tg_op = 'DELETE'
        or case when t.scope = t.bot_id then new.bot_tags else new.integration_tags end ->> t.key is distinct from t.value);
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into tags (bot_id, kind, owner_id, scope, key, value, created_at, seq)
    select new.bot_id, object_kind, new.id, n.scope, n.key, n.value, new.created_at, new.seq
    from (
      select new.installation_id as scope, key, value from jsonb_each_text(new.integration_tags)
      union all
      select new.bot_id, key, value from jsonb_each_text(new.bot_tags)) n
    on conflict do nothing;
  end if;
  return null;
end $$;

create trigger users_tagged after insert on users for each row
  when (new.integration_tags <> '{}' or new.bot_tags <> '{}') execute function tags_follow('user');
create trigger users_retagged after update of integration_tags, bot_tags on users for each row
  when (old.integration_tags is distinct from new.integration_tags or old.bot_tags is distinct from new.bot_tags) execute function tags_follow('user');
create trigger users_untagged after delete on users for each row
  when (old.integration_tags <> '{}' or old.bot_tags <> '{}') execute function tags_follow('user');
create trigger conversations_tagged after insert on conversations for each row
  when (new.integration_tags <> '{}' or new.bot_tags <> '{}') execute function tags_follow('conversation');
create trigger conversations_retagged after update of integration_tags, bot_tags on conversations for each row
  when (old.integration_tags is distinct from new.integration_tags or old.bot_tags is distinct from new.bot_tags) execute function tags_follow('conversation');
create trigger conversations_untagged after delete on conversations for each row
  when (old.integration_tags <> '{}' or old.bot_tags <> '{}') execute function tags_follow('conversation');
create trigger messages_tagged after insert on messages for each row
  when (new.integration_tags <> '{}' or new.bot_tags <> '{}') execute function tags_follow('message');
create trigger messages_retagged after update of integration_tags, bot_tags on messages for each row
  when (old.integration_tags is distinct from new.integration_tags or old.bot_tags is distinct from new.bot_tags) execute function tags_follow('message');
create trigger messages_untagged after delete on messages for each row
  when (old.integration_tags <> '{}' or old.bot_tags <> '{}') execute function tags_follow('message');

-- The lock of a get-or-create. A full match shares its scope and holds its own hash alone, so different tags do not wait
-- for each other; a match on some tags holds the whole scope, because its subset may overlap any hash.
create function lock_get_or_create(p_scope text, p_tags jsonb, p_bot_tags jsonb, p_some boolean) returns void language plpgsql volatile as $$
declare
  scope bigint := hashtextextended(p_scope, 0);
begin
  if p_some then
    perform pg_advisory_xact_lock(scope);
  else
    perform pg_advisory_xact_lock_shared(scope), pg_advisory_xact_lock(scope # hashtextextended(p_tags::text || p_bot_tags::text, 0));
  end if;
end $$;

-- The tag a match on some tags starts from: most likely the rarest, which is one called id, else the longest value.
create function leading_tag(p_installation uuid, p_bot uuid, p_tags jsonb, p_bot_tags jsonb, out scope uuid, out key text, out value text) language sql stable as $$
  select t.scope, t.key, t.value
  from (
    select p_installation as scope, e.key, e.value from jsonb_each_text(p_tags) e
    union all
    select p_bot, e.key, e.value from jsonb_each_text(p_bot_tags) e) t
  order by t.key = 'id' desc, length(t.value) desc limit 1
$$;

-- find_*_by_tags: the oldest match, hence always the same one. p_caller is the installation that asks, null for the bot,
-- who is held to its own tags as well. Never asked without tags: no tags match nothing.
create function find_user_by_tags(p_bot uuid, p_caller uuid, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_some boolean)
returns text language plpgsql volatile as $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select u.id into found_id from tags t join users u on u.bot_id = t.bot_id and u.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'user' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and u.integration_tags @> p_tags and u.bot_tags @> p_bot_tags and u.installation_id is not distinct from p_installation
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select u.id into found_id from users u
    where u.bot_id = p_bot and u.integration_tags <> '{}' and hashtextextended(u.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and u.integration_tags = p_tags and (p_caller is not null or u.bot_tags = p_bot_tags) and u.installation_id is not distinct from p_installation
    order by u.created_at, u.seq limit 1;
  else
    select u.id into found_id from users u
    where u.bot_id = p_bot and u.bot_tags <> '{}' and hashtextextended(u.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and u.bot_tags = p_bot_tags and u.integration_tags = '{}' and u.installation_id is not distinct from p_installation
    order by u.created_at, u.seq limit 1;
  end if;
  return found_id;
end $$;

create function find_conversation_by_tags(p_bot uuid, p_caller uuid, p_installation uuid, p_channel text, p_tags jsonb, p_bot_tags jsonb, p_some boolean)
returns text language plpgsql volatile as $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select c.id into found_id from tags t join conversations c on c.bot_id = t.bot_id and c.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'conversation' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and c.integration_tags @> p_tags and c.bot_tags @> p_bot_tags and c.installation_id = p_installation and c.channel = p_channel
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select c.id into found_id from conversations c
    where c.bot_id = p_bot and c.integration_tags <> '{}' and hashtextextended(c.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and c.integration_tags = p_tags and (p_caller is not null or c.bot_tags = p_bot_tags) and c.installation_id = p_installation and c.channel = p_channel
    order by c.created_at, c.seq limit 1;
  else
    select c.id into found_id from conversations c
    where c.bot_id = p_bot and c.bot_tags <> '{}' and hashtextextended(c.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and c.bot_tags = p_bot_tags and c.integration_tags = '{}' and c.installation_id = p_installation and c.channel = p_channel
    order by c.created_at, c.seq limit 1;
  end if;
  return found_id;
end $$;

create function find_message_by_tags(p_bot uuid, p_caller uuid, p_conversation text, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_some boolean)
returns text language plpgsql volatile as $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select m.id into found_id from tags t join messages m on m.bot_id = t.bot_id and m.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'message' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and m.integration_tags @> p_tags and m.bot_tags @> p_bot_tags and m.conversation_id = p_conversation
      and (p_caller is null or m.installation_id = p_caller)
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select m.id into found_id from messages m
    where m.bot_id = p_bot and m.conversation_id = p_conversation and m.integration_tags <> '{}'
      and hashtextextended(m.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and m.integration_tags = p_tags and (p_caller is null and m.bot_tags = p_bot_tags or m.installation_id = p_caller)
    order by m.created_at, m.seq limit 1;
  else
    select m.id into found_id from messages m
    where m.bot_id = p_bot and m.conversation_id = p_conversation and m.bot_tags <> '{}'
      and hashtextextended(m.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and m.bot_tags = p_bot_tags and m.integration_tags = '{}'
    order by m.created_at, m.seq limit 1;
  end if;
  return found_id;
end $$;

-- get_or_create_*: look, lock, look again on a fresh snapshot, insert. A function, because each statement of a volatile
-- one sees what was committed before it; a single statement has one snapshot, taken before the lock, and makes duplicates.
create function get_or_create_user(
  p_bot uuid, p_caller uuid, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean,
  p_name text, p_picture_url text, p_attributes jsonb, p_properties jsonb, p_id text, p_now timestamptz)
returns table (created boolean, found users) language plpgsql volatile as $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_user_by_tags(p_bot, p_caller, p_installation, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, u from users u where u.bot_id = p_bot and u.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'user', p_bot, p_installation), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    with made as (
      insert into users (bot_id, id, installation_id, name, picture_url, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
      values (p_bot, p_id, p_installation, p_name, p_picture_url, p_tags, p_bot_tags, p_attributes, p_properties, p_now, p_now)
      returning users.*)
    select true, made::users from made;
end $$;

create function get_or_create_conversation(
  p_bot uuid, p_caller uuid, p_installation uuid, p_channel text, p_tags jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean,
  p_properties jsonb, p_id text, p_now timestamptz)
returns table (created boolean, found conversations) language plpgsql volatile as $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_conversation_by_tags(p_bot, p_caller, p_installation, p_channel, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, c from conversations c where c.bot_id = p_bot and c.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'conversation', p_bot, p_installation, p_channel), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    with made as (
      insert into conversations (bot_id, id, installation_id, channel, integration_tags, bot_tags, properties, message_count, created_at, updated_at)
      values (p_bot, p_id, p_installation, p_channel, p_tags, p_bot_tags, p_properties, 0, p_now, p_now)
      returning conversations.*)
    select true, made::conversations from made;
end $$;

-- create_message: everything a message brings about, in one statement. Answers one row: the message, or the name of what
-- refuses it: conversation or user (not there, or not the caller's), relation (the author belongs to another installation)
-- or tags (not declared by the conversation's installation on its channel; p_declared maps channels to tag names).
create function create_message(
  p_bot uuid, p_caller uuid, p_conversation text, p_user text, p_id text, p_type text, p_payload json,
  p_tags_scope uuid, p_tags jsonb, p_declared jsonb, p_bot_tags jsonb, p_origin text, p_event_id text, p_scheduled_at timestamptz, p_now timestamptz)
returns table (refusal text, message messages) language plpgsql volatile as $$
begin
  return query
    with
    conversation as (
      select c.installation_id, c.channel from conversations c
      where c.bot_id = p_bot and c.id = p_conversation and (p_caller is null or c.installation_id = p_caller)),
    author as (
      select u.installation_id from users u
      where u.bot_id = p_bot and u.id = p_user and (p_caller is null or u.installation_id = p_caller or u.id = p_bot::text)),
    verdict as (
      select case
        when not exists (select from conversation) then 'conversation'
        when not exists (select from author) then 'user'
        when (select a.installation_id <> c.installation_id from author a, conversation c) then 'relation'
        when p_tags <> '{}' and (select c.installation_id is distinct from p_tags_scope
          or exists (select from jsonb_object_keys(p_tags) k where not coalesce(p_declared -> c.channel ? k, false)) from conversation c) then 'tags'
      end as refusal),
    -- The row lock comes first: it orders the messages of a conversation (seq order is commit order) and keeps a concurrent
    -- deletion out; no row updated then means "just deleted".
    touched as (
      update conversations c set message_count = c.message_count + 1
      where c.bot_id = p_bot and c.id = p_conversation and (select v.refusal from verdict v) is null
      returning c.id, c.installation_id),
    made as (
      insert into messages (bot_id, id, conversation_id, installation_id, user_id, type, payload, direction, origin, scheduled_at,
        integration_tags, bot_tags, created_at, updated_at)
      select p_bot, p_id, t.id, t.installation_id, p_user, p_type, p_payload, case when p_caller is null then 'outgoing' else 'incoming' end,
        p_origin, p_scheduled_at, p_tags, p_bot_tags, p_now, p_now
      from touched t
      returning messages.*),
    joined as (
      insert into participants (bot_id, conversation_id, user_id, created_at)
      select p_bot, m.conversation_id, m.user_id, p_now from made m
      on conflict do nothing),
    event as (
      insert into events (bot_id, id, installation_id, type, conversation_id, user_id, message_id, status, scheduled_at, created_at, updated_at)
      select p_bot, p_event_id, m.installation_id, 'message_created', m.conversation_id, m.user_id, m.id,
        case when p_scheduled_at is null then 'pending' else 'scheduled' end, p_scheduled_at, p_now, p_now
      from made m where m.direction = 'incoming')
    select coalesce(v.refusal, case when m.id is null then 'conversation' end), m::messages
    from verdict v left join made m on true;
end $$;

create function get_or_create_message(
  p_bot uuid, p_caller uuid, p_conversation text, p_user text, p_id text, p_type text, p_payload json,
  p_tags_scope uuid, p_tags jsonb, p_declared jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean,
  p_origin text, p_event_id text, p_scheduled_at timestamptz, p_now timestamptz)
returns table (created boolean, refusal text, message messages) language plpgsql volatile as $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_message_by_tags(p_bot, p_caller, p_conversation, p_tags_scope, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, null::text, m from messages m where m.bot_id = p_bot and m.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'message', p_bot, p_conversation), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    select true, c.refusal, c.message
    from create_message(p_bot, p_caller, p_conversation, p_user, p_id, p_type, p_payload, p_tags_scope, p_tags, p_declared, p_bot_tags,
      p_origin, p_event_id, p_scheduled_at, p_now) c;
end $$;

-- The conversation's row lock waits for a message being written to it, and the messages are looked up after that.
create function delete_conversation(p_bot uuid, p_caller uuid, p_id text) returns setof conversations language plpgsql volatile as $$
begin
  perform from conversations c where c.bot_id = p_bot and c.id = p_id and (p_caller is null or c.installation_id = p_caller) for update;
  if not found then return; end if;
  delete from messages where bot_id = p_bot and conversation_id = p_id;
  delete from participants where bot_id = p_bot and conversation_id = p_id;
  delete from states where bot_id = p_bot and type = 'conversation' and owner_id = p_id;
  return query delete from conversations c where c.bot_id = p_bot and c.id = p_id returning c.*;
end $$;

create function delete_user(p_bot uuid, p_caller uuid, p_id text) returns setof users language plpgsql volatile as $$
begin
  perform from users u where u.bot_id = p_bot and u.id = p_id and (p_caller is null or u.installation_id = p_caller) for update;
  if not found then return; end if;
  delete from participants where bot_id = p_bot and user_id = p_id;
  delete from states where bot_id = p_bot and type = 'user' and owner_id = p_id;
  return query delete from users u where u.bot_id = p_bot and u.id = p_id returning u.*;
end $$;

-- A deleted message is no longer counted; the conversation is locked first, as everywhere, so that nobody deadlocks.
create function delete_message(p_bot uuid, p_caller uuid, p_id text) returns setof messages language plpgsql volatile as $$
declare
  home text;
begin
  select m.conversation_id into home from messages m where m.bot_id = p_bot and m.id = p_id and (p_caller is null or m.installation_id = p_caller);
  if not found then return; end if;
  perform from conversations c where c.bot_id = p_bot and c.id = home for no key update;
  return query
    with gone as (delete from messages m where m.bot_id = p_bot and m.id = p_id returning m.*),
    counted as (update conversations c set message_count = c.message_count - 1 from gone g where c.bot_id = p_bot and c.id = g.conversation_id)
    select * from gone;
end $$;

-- May this caller keep states on this owner? Conversations and users must be there and be the caller's; they are locked
-- against deletion until the state is written. Other owners were settled by the context.
create function hold_state_owner(p_bot uuid, p_caller uuid, p_type text, p_owner text) returns boolean language plpgsql volatile as $$
begin
  if p_type = 'conversation' then
    perform from conversations c where c.bot_id = p_bot and c.id = p_owner and (p_caller is null or c.installation_id = p_caller) for key share;
  elsif p_type = 'user' then
    perform from users u where u.bot_id = p_bot and u.id = p_owner and (p_caller is null or u.installation_id = p_caller) for key share;
  else
    return true;
  end if;
  return found;
end $$;

-- What is owed to a bot when one of its states expired: the event, with the last state in it.
create function owe_state_expired(s states, p_event_id text, p_now timestamptz) returns void language sql volatile as $$
  insert into events (bot_id, id, type, payload, conversation_id, user_id, status, created_at, updated_at)
  select s.bot_id, p_event_id, 'state_expired',
    json_build_object('state', jsonb_strip_nulls(jsonb_build_object(
      'id', s.id, 'botId', s.bot_id, 'name', s.name, 'type', s.type, 'conversationId', owner.conversation_id, 'userId', owner.user_id,
      'createdAt', to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'updatedAt', to_char(s.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      || jsonb_build_object('payload', s.payload)),
    owner.conversation_id, owner.user_id, 'pending', p_now, p_now
  from (select case when s.type = 'conversation' then s.owner_id end as conversation_id, case when s.type = 'user' then s.owner_id end as user_id) owner
$$;

-- Removes one state if it has been idle for longer than its expiry; a write calls this before it looks.
create function expire_state(p_bot uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_event_id text, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  gone states;
begin
  delete from states s
  where s.bot_id = p_bot and s.type = p_type and s.owner_id = p_owner and s.scope = p_scope and s.name = p_name and s.expires_at <= p_now
  returning s.* into gone;
  if found then
    perform owe_state_expired(gone, p_event_id, p_now);
  end if;
end $$;

-- Removes idle states of all bots, at most as many as there are event ids, and says how many. Several workers may share
-- the work; a state that is being written meanwhile is left alone.
create function expire_states(p_event_ids text[], p_now timestamptz) returns int language plpgsql volatile as $$
declare
  gone states;
  expired int := 0;
begin
  for gone in
    delete from states s using (
      select d.bot_id, d.type, d.owner_id, d.scope, d.name from states d
      where d.expires_at <= p_now order by d.expires_at limit cardinality(p_event_ids) for update skip locked) due
    where s.bot_id = due.bot_id and s.type = due.type and s.owner_id = due.owner_id and s.scope = due.scope and s.name = due.name
    returning s.*
  loop
    expired := expired + 1;
    perform owe_state_expired(gone, p_event_ids[expired], p_now);
  end loop;
  return expired;
end $$;

-- Writing a state. p_expiry is what a new state gets; an old one keeps its own unless p_expiry_given. No row back means
-- that the owner is not there. Any write restarts the idle time.
create function set_state(
  p_bot uuid, p_caller uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_id text, p_payload jsonb,
  p_expiry bigint, p_expiry_given boolean, p_event_id text, p_now timestamptz)
returns setof states language plpgsql volatile as $$
begin
  if not hold_state_owner(p_bot, p_caller, p_type, p_owner) then return; end if;
  perform expire_state(p_bot, p_type, p_owner, p_scope, p_name, p_event_id, p_now);
  return query
    insert into states as s (bot_id, type, owner_id, scope, name, id, payload, expiry_ms, expires_at, created_at, updated_at)
    values (p_bot, p_type, p_owner, p_scope, p_name, p_id, p_payload, p_expiry, p_now + p_expiry * interval '1 ms', p_now, p_now)
    on conflict (bot_id, type, owner_id, scope, name) do update set
      payload = excluded.payload,
      expiry_ms = case when p_expiry_given then p_expiry else s.expiry_ms end,
      expires_at = p_now + case when p_expiry_given then p_expiry else s.expiry_ms end * interval '1 ms',
      updated_at = p_now
    returning s.*;
end $$;

create function get_or_set_state(
  p_bot uuid, p_caller uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_id text, p_payload jsonb,
  p_expiry bigint, p_event_id text, p_now timestamptz)
returns setof states language plpgsql volatile as $$
begin
  if not hold_state_owner(p_bot, p_caller, p_type, p_owner) then return; end if;
  perform expire_state(p_bot, p_type, p_owner, p_scope, p_name, p_event_id, p_now);
  return query
    insert into states as s (bot_id, type, owner_id, scope, name, id, payload, expiry_ms, expires_at, created_at, updated_at)
    values (p_bot, p_type, p_owner, p_scope, p_name, p_id, p_payload, p_expiry, p_now + p_expiry * interval '1 ms', p_now, p_now)
    on conflict (bot_id, type, owner_id, scope, name) do update set expires_at = p_now + s.expiry_ms * interval '1 ms'
    returning s.*;
end $$;
