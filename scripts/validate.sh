# shellcheck shell=bash
# Checks the configuration as the server would, the machines and their pages, or logs against the machines.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_validate() {
  case ${1:-} in
    config | state | trace) ;;
    *) fail "validate needs one of: config, state, trace FILE..." "See ./vrs help." ;;
  esac
  need_dotnet
  settle_needs
  need_program Vrs.Silo
  dotnet "$(program Vrs.Silo)" validate "$@"
}
