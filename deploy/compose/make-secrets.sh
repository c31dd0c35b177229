#!/bin/sh
# Writes the secrets that compose.yml reads into secrets/. One that is there stays as it is.
# Usage: ./make-secrets.sh [folder]
set -eu
umask 077
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"

random() { # letters and digits alone: they need no escaping in an address
    LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c 48
}
write() { # name, content
    if [ ! -e "$folder/$1" ]; then
        printf '%s\n' "$2" >"$folder/$1"
        # Read by the containers' own users, each of which is shown its own files alone.
        chmod 0644 "$folder/$1"
        echo "$folder/$1: written"
    fi
}

write database_password "$(random)"
write database_url "postgresql://videohjelp:$(cat "$folder/database_password")@database:5432/videohjelp"
write redis_conf "requirepass $(random)
bind * -::*
save \"\"
appendonly no
maxmemory 160mb
maxmemory-policy noeviction"
write redis_url "redis://:$(sed -n 's/^requirepass //p' "$folder/redis_conf")@redis:6379/0"
write secret_key "$(random)"
write metrics_token "$(random)"
write grafana_password "$(random)"
# The folder lets nobody else in.
chmod 0700 "$folder"
