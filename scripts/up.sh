# shellcheck shell=bash
# Sets up what is missing, builds what changed, and runs everything on this machine until Ctrl-C.

# shellcheck source=scripts/common.sh
. scripts/common.sh

server_pid=''
turn_pid=''

cmd_up() {
  local port=8443 turn_port=3478 data=./data
  while (($# > 0)); do
    case $1 in
      --port | --turn-port | --data)
        (($# > 1)) || fail "$1 needs a value." "See ./vrs help."
        case $1 in
          --port) port=$2 ;;
          --turn-port) turn_port=$2 ;;
          --data) data=$2 ;;
        esac
        shift 2
        ;;
      *) fail "up has no option $1." "See ./vrs help." ;;
    esac
  done
  check_port "$port" --port
  if have turnserver; then check_port "$turn_port" --turn-port; fi

  need_dotnet
  need_node
  settle_needs
  need_packages
  need_pages
  need_program Vrs.Silo

  umask 077
  mkdir -p "$data"
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  start_turn "$turn_port" "$data"
  start_server "$port" "$data"
}

# check_port PORT OPTION: a number, and free.
check_port() {
  [[ $1 =~ ^[0-9]{1,5}$ && $1 -ge 1 && $1 -le 65535 ]] || fail "$2 is $1; it must be a port from 1 to 65535."
  if port_is_taken "$1"; then
    fail "Port $1 is in use." "Stop what uses it, or choose another: ./vrs up $2 $(($1 + 1))"
  fi
}

# True when something on this machine already answers on the TCP port.
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

host_address() { hostname -I 2>/dev/null | tr ' ' '\n' | grep -m1 -E '^[0-9]+(\.[0-9]+){3}$' || true; }

# Starts coturn with a secret of its own. Without coturn, calls between windows of one machine or network still work.
start_turn() {
  local port=$1 folder=$2/turn
  if ! have turnserver; then
    note "coturn is not installed: calls stay within one network. To relay across networks: apt-get install coturn"
    return
  fi
  mkdir -p "$folder"
  local secret_file=$folder/secret host
  [[ -s $secret_file ]] || head -c 32 /dev/urandom | base64 >"$secret_file"
  host=$(host_address)
  {
    render_turn_settings "$port" "$(<"$secret_file")" "$host"
    printf 'pidfile=%s\nuserdb=%s\n' "$folder/turnserver.pid" "$folder/turnserver.db"
  } >"$folder/turnserver.conf"
  turnserver -c "$folder/turnserver.conf" >"$folder/turnserver.log" 2>&1 </dev/null &
  turn_pid=$!
  export Gateway__Turn__Secret Gateway__Turn__Urls__0 Gateway__Turn__Urls__1
  Gateway__Turn__Secret=$(<"$secret_file")
  Gateway__Turn__Urls__0="turn:127.0.0.1:$port?transport=udp"
  Gateway__Turn__Urls__1="turn:${host:-127.0.0.1}:$port?transport=udp"
}

render_turn_settings() {
  local port=$1 secret=$2 host=$3
  sed -e "s|@PORT@|$port|" -e "s|@SECRET@|$secret|" -e "s|@REALM@|vrs.local|" deploy/coturn/turnserver.conf.template
  printf 'listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\n'
  if [[ -n $host ]]; then printf 'listening-ip=%s\nrelay-ip=%s\n' "$host" "$host"; fi
  # Both ends of a demonstration may sit on this machine.
  printf 'allow-loopback-peers\nno-tls\nno-dtls\n'
}

start_server() {
  local port=$1 data=$2
  DOTNET_ENVIRONMENT=Development dotnet "$(program Vrs.Silo)" run --listen "https://0.0.0.0:$port" --data "$data" &
  server_pid=$!
  if wait_until_ready "$port"; then
    welcome "$port"
    if [[ -n $turn_pid ]] && ! kill -0 "$turn_pid" 2>/dev/null; then
      note "The TURN server has stopped; its log says why: $data/turn/turnserver.log"
    fi
  fi
  wait "$server_pid"
}

# Up to 60 s; gives up at once when the server ends, which then has said why.
wait_until_ready() {
  local _
  for _ in {1..600}; do
    kill -0 "$server_pid" 2>/dev/null || return 1
    curl -skf -o /dev/null --max-time 2 "https://127.0.0.1:$1/health/ready" && return
    sleep 0.1
  done
  return 1
}

welcome() {
  local port=$1 host
  host=$(host_address)
  cat <<TEXT

${bold}VRS is running.${plain} Open three windows and sign in as one of each:

  https://localhost:$port/            ${host:+(from elsewhere: https://$host:$port/)}

  Deaf caller     dana    or deniz      +15550101, +15550102
  interpreter     ines    or ivan
  hearing phone   hana    or hugo       +15550201, +15550202
  operator        olga

  Password of all: demo. The certificate is made here, so the browser asks once whether to trust it.
  Ctrl-C stops everything.

TEXT
}

# Asks both to stop and waits for them; 10 s, then by force.
stop_all() {
  trap - EXIT INT TERM
  local pid _
  for pid in $server_pid $turn_pid; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $server_pid $turn_pid; do
    for _ in {1..100}; do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
