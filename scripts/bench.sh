# shellcheck shell=bash
# Measures parts of the server on one core, without a server.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_bench() {
  case ${1:-} in
    queue | codec) ;;
    *)
      printf 'Usage: ./vrs bench queue | codec\n' >&2
      return 2
      ;;
  esac
  need_dotnet
  settle_needs
  need_program Vrs.Bench
  dotnet "$(program Vrs.Bench)" "$1"
}
