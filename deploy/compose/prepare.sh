#!/usr/bin/env bash
# Makes the secrets of compose.yaml: prepare.sh DOMAIN PUBLIC-ADDRESS ALERT-WEBHOOK [FOLDER]
# What is there already is kept.
# The certificates are of an authority made here; put real ones in place of tls_certificate and tls_key for browsers
# that do not know it. They are used within a minute, without a restart.
set -euo pipefail
domain=${1:?DOMAIN is missing, e.g. vrs.example.org} address=${2:?PUBLIC-ADDRESS is missing, e.g. 203.0.113.7}
webhook=${3:?ALERT-WEBHOOK is missing: where alerts are sent, e.g. https://pager.example.org/hook}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${4:-$here/secrets}
# The folder keeps other users out; the files in it must be readable for the users in the containers.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

random() { openssl rand -base64 32; }

# keep NAME: the file's new text comes from standard input, unless there is one.
keep() { if [[ -s $1 ]]; then cat >/dev/null; else cat >"$1"; fi; }

# authority NAME: an authority NAME with its key, which stays on this machine.
authority() {
  [[ -s $1 ]] && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1_key" -out "$1" \
    -subj "/CN=$1 of $domain" -days 3650 -addext basicConstraints=critical,CA:TRUE 2>/dev/null
}

# certificate AUTHORITY NAME KEY HOST: signed by it, for ten years.
certificate() {
  [[ -s $2 ]] && return
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$3" -subj "/CN=$4" 2>/dev/null |
    openssl x509 -req -CA "$1" -CAkey "$1_key" -days 3650 -out "$2" 2>/dev/null \
      -extfile <(printf 'subjectAltName=DNS:%s\n' "$4")
  cat "$1" >>"$2"
  chmod 644 "$3"
}

random | keep signing_key
random | keep turn_secret
random | tr -d '/+=\n' | keep database_password
random | keep grafana_password
printf '%s' "$webhook" | keep alert_webhook
authority authority
certificate authority tls_certificate tls_key "$domain"
certificate authority database_certificate database_key database
# Whoever has a certificate of this one is a silo or a gateway, so it signs for nobody else.
authority cluster_authority
certificate cluster_authority cluster_certificate cluster_key member
printf 'Host=database;Database=vrs;Username=vrs;Password=%s;SSL Mode=VerifyFull;Root Certificate=%s\n' \
  "$(<database_password)" /run/secrets/authority | keep database
{
  sed -e 's|@PORT@|3478|' -e "s|@SECRET@|$(<turn_secret)|" -e "s|@REALM@|$domain|" \
    "$here/../coturn/turnserver.conf.template"
  printf 'external-ip=%s\nmin-port=49152\nmax-port=49651\n' "$address"
  printf 'tls-listening-port=5349\ncert=/run/secrets/tls_certificate\npkey=/run/secrets/tls_key\n'
} | keep turnserver
printf 'VRS_DOMAIN=%s\n' "$domain" >"$folder/../.env"
printf 'The secrets are in %s. Keep a copy elsewhere: without signing_key everybody signs in again.\n' "$folder"
