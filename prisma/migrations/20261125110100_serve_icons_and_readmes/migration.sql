-- Their addresses hold what they are made of: whoever has a copy never has to ask again. Until now icons were promised to be SVG.
alter table "integration_families" add column "icon_type" text, add column "icon_tag" text;
update "integration_families" set "icon_type" = 'image/svg+xml', "icon_tag" = left(encode(sha256("icon"), 'hex'), 32) where "icon" is not null;
alter table "integrations" add column "readme_tag" text;
update "integrations" set "readme_tag" = left(encode(sha256("readme"), 'hex'), 32) where "readme" is not null;
