#!/bin/sh
# Runs once, on the first start of the database: the role of the application, which owns nothing and is bound by row-level security.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/app)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role bulwark_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';
revoke all on database bulwark from public;
grant connect on database bulwark to bulwark_app;
SQL
