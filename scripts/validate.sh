# shellcheck shell=bash
# Checks the configuration as the server would, or the machines and their page.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_validate() {
  case ${1:-} in
    config | state) ;;
    *) fail "validate needs one of: config, state." "See ./vrs help." ;;
  esac
  need_dotnet
  settle_needs
  need_program Vrs.Silo
  dotnet "$(program Vrs.Silo)" validate "$@"
}
