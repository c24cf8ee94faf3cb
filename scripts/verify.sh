# shellcheck shell=bash
# The whole gate. Every step runs, also after one has failed; the last line sums all runners up.

# shellcheck source=scripts/common.sh
. scripts/common.sh

readonly results=artifacts/verify
passed=0 failed=0 skipped=0

# name | title | command. The order is cheap before dear, and builds before what runs them.
readonly steps=(
  'scripts  | shell scripts             | check_scripts'
  'secrets  | secrets, tree and history | check_secrets'
  'lint     | pages: lint               | web_script lint'
  'prettier | pages: formatting         | web_script format:check'
  'vitest   | pages: unit tests         | run_web_tests'
  'pages    | pages: build              | need_pages'
  'build    | build, warnings as errors | need_program Vrs.sln'
  'format   | formatting                | check_format'
  'config   | validate config           | check_config'
  'state    | validate state            | run_silo validate state'
  'alerts   | alert rules               | check_alerts'
  'dotnet   | .NET tests                | run_dotnet_tests dotnet Suite!=Simulation&Suite!=Crash'
  'simulate | simulation                | run_dotnet_tests simulate Suite=Simulation 20m'
  'crash    | crashes                   | run_dotnet_tests crash Suite=Crash'
  'browser  | browser tests             | run_browser_tests'
  'trace    | logs of those servers     | check_traces'
)

cmd_verify() {
  (($# == 0)) || fail "verify has no option $1." "See ./vrs help."
  local row name title command number=0 started=$SECONDS
  rm -rf "$results"
  mkdir -p "$results"
  set_up
  # How much deeper than by themselves the searches of all machines together go: half a minute more.
  export VRS_PRODUCT_DEPTH=${VRS_PRODUCT_DEPTH:-1}
  export CI=${CI:-true} VRS_SILO VRS_CHROMIUM VRS_TEST_LOGS
  # Every server that a test starts leaves its log here; the last step replays them against the machines.
  VRS_TEST_LOGS=$PWD/$results/server-logs
  VRS_SILO=$PWD/$(program Vrs.Silo)
  VRS_CHROMIUM=$(command -v chromium)

  for row in "${steps[@]}"; do
    IFS='|' read -r name title command <<<"$row"
    number=$((number + 1))
    printf '%2d/%d %s' "$number" "${#steps[@]}" "$title"
    step "${name// /}" "$command"
  done

  note "Took $((SECONDS - started)) s; reports are in $results."
  say
  say "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0))
}

set_up() {
  need_dotnet
  need_node
  need chromium chromium 'the browser tests drive it'
  need turnserver coturn 'a test relays through it'
  has_postgresql || apt_install postgresql || true
  has_postgresql || note "PostgreSQL is missing: its tests are skipped. On Debian: sudo apt-get install postgresql"
  need python3 python3 'the browser tests read the database with it'
  need promtool prometheus 'it runs the cases of the alert rules, and a test fires one'
  need prometheus-alertmanager prometheus-alertmanager 'a test has an alert delivered by it'
  need shellcheck shellcheck 'it checks the shell scripts'
  settle_needs
  need_packages
  need_secret_packages
}

has_postgresql() { [[ -n ${VRS_TEST_POSTGRES:-} ]] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

# step NAME COMMAND: runs the command with its output in a file; tells how it went, how long it took and, when it
# failed, what it said. A command may leave "passed failed skipped" in NAME.count; otherwise it is one check.
step() {
  local name=$1 command=$2 log=$results/$1.log started=${EPOCHREALTIME/./} code=0 ok=0 bad=0 left=0
  # Not in a condition: there, bash would go on after a command that fails.
  set +e
  (
    set -e
    # shellcheck disable=SC2086 # The table's commands are words.
    $command
  ) >"$log" 2>&1 </dev/null
  code=$?
  set -e
  if [[ -s $results/$name.count ]]; then read -r ok bad left <"$results/$name.count"; fi
  if ((code == 0 && ok + bad + left == 0)); then ok=1; fi
  if ((code != 0 && bad == 0)); then bad=1; fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
  report "$bad" "$(((${EPOCHREALTIME/./} - started) / 100000))" "$ok passed, $bad failed, $left skipped"
  if ((bad > 0)); then
    tail -n 150 "$log" | sed 's/^/      /'
    say "      (the whole of it: $log)"
  fi
}

# report FAILURES TENTHS COUNTS: ends the step's line.
report() {
  local colour=$green word=ok
  if (($1 > 0)); then colour=$red word=FAILED; fi
  printf '%s%-6s%s %4d.%d s   %s\n' "$colour" "$word" "$plain" $(($2 / 10)) $(($2 % 10)) "$3"
}

check_scripts() { shellcheck --external-sources vrs scripts/*.sh .ci/run; }

# First that planted secrets are found, then that there are none: a search that finds nothing proves nothing.
check_secrets() {
  local report=$results/secrets.tap
  timeout 2m npm test --prefix "$secrets" --silent -- --test-reporter=tap >"$report" || { cat "$report"; return 1; }
  count secrets tap "$report"
  timeout 5m npm run --prefix "$secrets" --silent lint -- "$PWD"
}

# Cases for each alert: when it fires, and when it does not. A few seconds.
check_alerts() {
  promtool check rules deploy/prometheus/rules/*.yml
  promtool test rules deploy/prometheus/tests/*.test.yml
}

check_format() { timeout 15m dotnet format Vrs.sln --verify-no-changes --no-restore --verbosity minimal; }

web_script() { timeout 5m npm run --prefix "$web" --silent "$@"; }

# The shipped settings are complete in Development only: elsewhere the operator brings a certificate and accounts.
check_config() { DOTNET_ENVIRONMENT=Development run_silo validate config; }

# Those of the browser tests by themselves too: without them, the others would be replayed and nobody would notice.
check_traces() {
  run_silo validate trace "$results"/server-logs/browser-*.log
  run_silo validate trace "$results/server-logs"
}

run_silo() { timeout 2m dotnet "$(program Vrs.Silo)" "$@"; }

# run_dotnet_tests NAME FILTER [LONGEST]: the longest is that of one test, after which it hangs. Simulation is one test,
# and keeps every core busy; tests with real servers and real time run without it.
run_dotnet_tests() {
  local name=$1 filter=$2 longest=${3:-5m} status=0
  timeout 25m dotnet test Vrs.sln --configuration "$configuration" --no-build --nologo \
    --filter "$filter" --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout "$longest" --blame-hang-dump-type none || status=$?
  count "$name" trx "$results/$name.trx"
  return "$status"
}

run_web_tests() {
  local report=$PWD/$results/vitest.json status=0
  web_script test -- --reporter=default --reporter=json --outputFile.json="$report" || status=$?
  count vitest vitest "$report"
  return "$status"
}

run_browser_tests() {
  local report=$PWD/$results/browser.json status=0
  PLAYWRIGHT_JSON_OUTPUT_NAME=$report timeout 20m npm run --prefix "$web" --silent e2e -- --reporter=list,json ||
    status=$?
  count browser playwright "$report"
  return "$status"
}

# count NAME KIND REPORT: a runner that left no report is counted by its exit code alone.
count() {
  if [[ -s $3 ]]; then node scripts/count.mjs "$2" "$3" >"$results/$1.count"; fi
}
