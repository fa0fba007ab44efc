#!/bin/bash
# Starts a one-node Ceph object store (mon, osd in memory, radosgw) on 127.0.0.1, without systemd.
# Needs the Debian packages radosgw, ceph-mon, ceph-osd, ceph-common and curl; openssl for TLS.
#
# usage: start.sh DIR PORT    DIR is wiped. Ports PORT to PORT+60 are taken:
#                             PORT http, +1 and +2 mon, +5 second region, +6 https, +10 to +60 osd
# env:   ACCESS_KEY, SECRET_KEY  the keys of the one user
#        TLS=1      https as well; the certificate is DIR/tls.crt
#        CLASSES=1  the storage classes STANDARD_IA and GLACIER
#        STS=1      AssumeRole of arn:aws:iam:::role/lab gives session tokens
#        REGION2=1  a second region, eu-west-1, on PORT+5
# Every process writes its id to DIR/NAME.pid. They outlive this script.
set -euo pipefail

dir=${1:?a directory}
port=${2:?a port}
access_key=${ACCESS_KEY:?an access key}
secret_key=${SECRET_KEY:?a secret key}
mon_port=$((port + 1))
region2_port=$((port + 5))
tls_port=$((port + 6))
errors=$dir/log/tools.err
as_user=()
[ "$(id -u)" = 0 ] && as_user=(--setuser root --setgroup root)

daemon() { # NAME COMMAND...
  local name=$1
  shift
  "$@" -f "${as_user[@]}" >"$dir/log/$name.out" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
}

write_config() {
  local ssl=''
  [ -n "${TLS:-}" ] && ssl=" ssl_endpoint=127.0.0.1:$tls_port ssl_certificate=$dir/tls.crt ssl_private_key=$dir/tls.key"
  local sts=false
  [ -n "${STS:-}" ] && sts=true
  cat >"$dir/ceph.conf" <<CONF
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$mon_port/0,v1:127.0.0.1:$((mon_port + 1))/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = $dir/keyring
run dir = $dir/run
admin socket = $dir/run/\$name.asok
log file = $dir/log/\$name.log
pid file = $dir/run/\$name.pid
crash dir = $dir/run
setuser match path =
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 2
ms bind port min = $((port + 10))
ms bind port max = $((port + 60))
ms async op threads = 2
[mon]
mon data = $dir/mon
mon cluster log file = $dir/log/cluster.log
paxos propose interval = 0.02
paxos min wait = 0.01
mon tick interval = 1
mon osd full ratio = .99
mon osd backfillfull ratio = .985
mon osd nearfull ratio = .98
[osd]
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 8589934592
osd op num shards = 2
osd op num threads per shard = 1
osd max object name len = 4096
osd max object namespace len = 256
[client.rgw]
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1$ssl
rgw dns name = localhost
rgw thread pool size = 64
rgw dynamic resharding = false
rgw override bucket index max shards = 1
rgw s3 auth use sts = $sts
rgw sts key = abcdefghijklmnop
rgw enable usage log = false
rgw enable ops log = false
rgw log nonexistent bucket = false
debug rgw = 1
CONF
}

make_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/tls.key" -out "$dir/tls.crt" -days 30 \
    -subj /CN=localhost -addext 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1' 2>/dev/null
}

make_keys() {
  local ring=$dir/keyring
  ceph-authtool -C "$ring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$ring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  ceph-authtool "$ring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
  ceph-authtool "$ring" --gen-key -n client.rgw --cap mon 'allow *' --cap osd 'allow *'
}

start_cluster() {
  monmaptool --create --clobber --fsid "$fsid" \
    --addv a "[v2:127.0.0.1:$mon_port,v1:127.0.0.1:$((mon_port + 1))]" "$dir/monmap" >/dev/null
  ceph-mon -c "$dir/ceph.conf" -i a --mkfs --monmap "$dir/monmap" --keyring "$dir/keyring"
  daemon mon ceph-mon -c "$dir/ceph.conf" -i a
  local osd_id
  osd_id=$(cat /proc/sys/kernel/random/uuid)
  timeout 60 ceph -c "$dir/ceph.conf" osd new "$osd_id" >/dev/null 2>>"$errors"
  ceph-osd -c "$dir/ceph.conf" -i 0 --mkfs --osd-uuid "$osd_id" >/dev/null 2>>"$errors"
  daemon osd ceph-osd -c "$dir/ceph.conf" -i 0
}

admin() { radosgw-admin -c "$dir/ceph.conf" -n client.admin "$@" 2>>"$errors"; }

make_user() {
  admin user create --uid=test --display-name=Test --access-key="$access_key" --secret-key="$secret_key" >/dev/null
}

# GetBucketLocation answers with the name of the zone group.
name_region() {
  admin zonegroup get --rgw-zonegroup=default |
    sed 's/"api_name": "[^"]*"/"api_name": "us-east-1"/' >"$dir/zonegroup.json"
  admin zonegroup set --rgw-zonegroup=default --infile "$dir/zonegroup.json" >/dev/null
}

make_role() {
  admin role create --role-name=lab --assume-role-policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/test"]},"Action":["sts:AssumeRole"]}]}' >/dev/null
  local policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"arn:aws:s3:::*"}]}'
  # The command is spelt differently from release 17 on.
  admin role-policy put --role-name=lab --policy-name=all --policy-doc="$policy" >/dev/null ||
    admin role policy put --role-name=lab --policy-name=all --policy-doc="$policy" >/dev/null
}

make_classes() {
  local class
  for class in STANDARD_IA GLACIER; do
    admin zonegroup placement add --rgw-zonegroup default --placement-id default-placement --storage-class "$class" >/dev/null
    admin zone placement add --rgw-zone default --placement-id default-placement --storage-class "$class" \
      --data-pool default.rgw.buckets.data >/dev/null
  done
}

start_gateway() {
  make_user
  name_region
  [ -z "${STS:-}" ] || make_role
  [ -z "${CLASSES:-}" ] || make_classes
  daemon rgw radosgw -c "$dir/ceph.conf" -n client.rgw
}

# Two zone groups of one realm, each with its own radosgw, over one cluster.
start_two_regions() {
  local system=(--access-key=SYSTEMKEY00000000001 --secret=systemsecret000000000000000000000000001)
  {
    admin realm create --rgw-realm=lab --default
    admin zonegroup create --rgw-zonegroup=us-east-1 --endpoints="http://127.0.0.1:$port" --master --default
    admin zone create --rgw-zonegroup=us-east-1 --rgw-zone=use1 --endpoints="http://127.0.0.1:$port" --master --default "${system[@]}"
    admin zonegroup create --rgw-zonegroup=eu-west-1 --endpoints="http://127.0.0.1:$region2_port"
    admin zone create --rgw-zonegroup=eu-west-1 --rgw-zone=euw1 --endpoints="http://127.0.0.1:$region2_port" --master "${system[@]}"
    admin user create --uid=system --display-name=system --system "${system[0]}" --secret-key="${system[1]#*=}"
    make_user
    admin period update --commit
  } >"$dir/realm.json"
  sed "s/^\[client.rgw\]/[client.rgw]\nrgw realm = lab\nrgw zonegroup = us-east-1\nrgw zone = use1/" \
    "$dir/ceph.conf" >"$dir/ceph-1.conf"
  sed "s/^\[client.rgw\]/[client.rgw]\nrgw realm = lab\nrgw zonegroup = eu-west-1\nrgw zone = euw1/
    s#^rgw frontends = .*#rgw frontends = beast endpoint=127.0.0.1:$region2_port tcp_nodelay=1#
    s#^rgw data = .*#rgw data = $dir/rgw2#
    s#name\.asok#name.2.asok#; s#name\.log#name.2.log#; s#name\.pid#name.2.pid#" \
    "$dir/ceph.conf" >"$dir/ceph-2.conf"
  daemon rgw radosgw -c "$dir/ceph-1.conf" -n client.rgw
  daemon rgw2 radosgw -c "$dir/ceph-2.conf" -n client.rgw
}

await_answer() { # PORT
  local try
  for try in $(seq 1 300); do
    [ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$1/")" = 200 ] && return
    sleep 0.1
  done
  echo "radosgw did not answer on port $1 after $try tries; its logs are in $dir/log" >&2
  exit 1
}

rm -rf "$dir"
mkdir -p "$dir"/{mon,osd,rgw,rgw2,run,log}
fsid=$(cat /proc/sys/kernel/random/uuid)
[ -z "${TLS:-}" ] || make_certificate
write_config
make_keys >/dev/null
start_cluster
if [ -z "${REGION2:-}" ]; then
  start_gateway
else
  start_two_regions
  await_answer "$region2_port"
fi
await_answer "$port"
