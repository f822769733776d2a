# Runs in the `prepare` container of docker-compose.yml, once, before the others start.
set -eu

weak=0
# Short secrets can be guessed; the Collector itself rejects an HMAC key below 32 bytes.
strong() {
  eval "value=\$$1"
  if [ "${#value}" -lt "$2" ]; then
    echo "$1 has ${#value} characters, but needs at least $2: see docs/compose.md" >&2
    weak=1
  fi
  # It becomes part of an address or a header, where other characters would need quoting.
  case $value in
    *[!A-Za-z0-9_.~-]*)
      echo "$1 may have letters, digits and _ . ~ - only" >&2
      weak=1
      ;;
  esac
}

strong MONEYTRAIL_INGEST_TOKEN 32
strong MONEYTRAIL_PII_HMAC_KEY 32
strong GRAFANA_SECRET_KEY 32
strong GRAFANA_ADMIN_PASSWORD 12
strong POSTGRES_PASSWORD 12
strong STRIPE_WEBHOOK_SECRET 24
[ "$weak" = 0 ] || exit 1

# busybox selects its command by its file name. Copied and renamed, so that a probe never runs a partial file.
for name in wget sh grep; do
  cp /bin/busybox "/probe/$name.new"
  mv "/probe/$name.new" "/probe/$name"
done

# Not -R: their content already has the right owner, and without further capabilities root cannot read it.
chown 10001:10001 /volumes/queue /volumes/traces /volumes/logs
chown 65534:65534 /volumes/metrics /volumes/alerts
chown 472:0 /volumes/grafana
chown 70:70 /volumes/ledger
echo 'secrets are strong enough, volumes are ready'
