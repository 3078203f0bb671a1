#!/bin/sh
# Settings put together from the secrets, so that no password stands in the compose file.
set -eu
# Apart from the export, so that a secret that cannot be read ends this here.
DATABASE_OWNER_URL="postgres://bulwark_owner:$(cat /run/secrets/postgres)@database:5432/bulwark"
DATABASE_URL="postgres://bulwark_app:$(cat /run/secrets/app)@database:5432/bulwark"
BULWARK_SECRET="$(cat /run/secrets/seal)"
export DATABASE_OWNER_URL DATABASE_URL BULWARK_SECRET
exec node bin/bulwark.mjs serve --strict-port
