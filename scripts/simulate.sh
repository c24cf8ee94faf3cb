# shellcheck shell=bash
# Runs the production grains under seeded order, delays, losses and crashes.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_simulate() {
  local given=("$@")
  while (($# > 0)); do
    case $1 in
      --seed | --seeds | --from)
        [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 needs a number." "See ./vrs help."
        ;;
      --plant) [[ -n ${2:-} ]] || fail "--plant needs the name of a fault." "See ./vrs help." ;;
      --ledger) [[ -n ${2:-} ]] || fail "--ledger needs the name of a file." "See ./vrs help." ;;
      *) fail "simulate has no option $1." "See ./vrs help." ;;
    esac
    shift 2
  done
  need_dotnet
  settle_needs
  need_program Vrs.Tests
  # A campaign is long: code that is made well at once, and no second thread for the collector, are a quarter less work.
  DOTNET_TC_QuickJit=0 DOTNET_gcConcurrent=0 dotnet "$(program Vrs.Tests)" "${given[@]}"
}
