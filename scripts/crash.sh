# shellcheck shell=bash
# Kills the server, or the processes of a cluster, again and again while people call, and looks for what was lost.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_crash() {
  local before='' engine=Embedded filter='Suite=Crash&Engine!=Cluster'
  while (($# > 0)); do
    if [[ $1 == --engine ]]; then
      case ${2:-} in
        embedded) ;;
        orleans) engine=Orleans filter='Suite=Crash&Engine=Cluster' ;;
        *) fail "--engine is embedded or orleans." "See ./vrs help." ;;
      esac
      shift 2
      continue
    fi
    if [[ $1 == --before ]]; then
      before=${2:-}
      git rev-parse --verify --quiet "$before^{commit}" >/dev/null \
        || fail "--before needs a revision of this repository; '$before' is none." \
          "In a clone without history: git fetch --unshallow"
      shift 2
      continue
    fi
    if [[ $1 == --browser ]]; then
      export VRS_CRASH_BROWSER=1
      shift
      continue
    fi
    [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 needs a number." "See ./vrs help."
    case $1 in
      --seed) export VRS_CRASH_SEED=$2 ;;
      --callers) export VRS_CRASH_CALLERS=$2 ;;
      --rounds) export VRS_CRASH_ROUNDS=$2 ;;
      *) fail "crash has no option $1." "See ./vrs help." ;;
    esac
    shift 2
  done
  need_dotnet
  if [[ -n ${VRS_CRASH_BROWSER:-} ]]; then
    need_node
    need chromium chromium 'a call of real pages is among the others'
    settle_needs
    need_packages
    need_pages
  fi
  settle_needs
  if [[ -n $before ]]; then
    build_before "$before" "$engine"
    filter="$filter&FullyQualifiedName~rolled_back"
  fi
  dotnet test Vrs.Tests --configuration "$configuration" -p:GrainEngine="$engine" --verbosity quiet --filter "$filter" \
    --logger 'console;verbosity=detailed' </dev/null
}

# The version that is replaced, and rolled back to: another revision, built in a folder of its own.
build_before() {
  local revision=$1 engine=$2
  before_folder=$(mktemp -d)
  trap 'git worktree remove --force "$before_folder/tree"; rm -rf "$before_folder"' EXIT
  git worktree add --quiet --detach "$before_folder/tree" "$revision"
  note "The version before: $(git log -1 --format='%h %s' "$revision")"
  dotnet build "$before_folder/tree/Vrs.Silo" --configuration "$configuration" -p:GrainEngine="$engine" \
    -p:RunAnalyzers=false --output "$before_folder/server" --verbosity quiet </dev/null
  export VRS_CRASH_BEFORE="$before_folder/server/Vrs.Silo.dll"
}
