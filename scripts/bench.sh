# shellcheck shell=bash
# Measures parts of the server; idle needs one that runs on this machine.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_bench() {
  case ${1:-} in
    queue | codec | steps | idle) ;;
    *)
      printf 'Usage: ./vrs bench queue | codec | steps [options] | idle --pid PID [options]\n' >&2
      return 2
      ;;
  esac
  need_dotnet
  settle_needs
  need_program Vrs.Bench
  dotnet "$(program Vrs.Bench)" "$@"
}
