# shellcheck shell=bash
# Exports audit events, or checks them and their seals.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_audit() {
  case ${1:-} in
    export | verify) ;;
    *) fail "audit needs one of: export, verify." "See ./vrs help." ;;
  esac
  need_dotnet
  settle_needs
  need_program Vrs.Silo
  # What ./vrs up wrote, unless the environment says otherwise.
  DOTNET_ENVIRONMENT=${DOTNET_ENVIRONMENT:-Development} dotnet "$(program Vrs.Silo)" records "$@"
}
