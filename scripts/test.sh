# shellcheck shell=bash
# Runs one suite of tests; more options go to dotnet test.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_test() {
  local suite
  case ${1:-} in
    callflow) suite=Callflows ;;
    *) fail "test needs one of: callflow." "Every test: ./vrs verify." ;;
  esac
  shift
  need_dotnet
  settle_needs
  dotnet test Vrs.Tests --configuration "$configuration" --verbosity quiet \
    --filter "FullyQualifiedName~Vrs.Tests.$suite" --logger "console;verbosity=normal" "$@" </dev/null
}
