# shellcheck shell=bash
# Runs the production grains under seeded order, delays, losses and crashes.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_simulate() {
  while (($# > 0)); do
    [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 needs a number." "See ./vrs help."
    case $1 in
      --seed) export VRS_SEED=$2 ;;
      --seeds) export VRS_SEEDS=$2 ;;
      *) fail "simulate has no option $1." "See ./vrs help." ;;
    esac
    shift 2
  done
  need_dotnet
  settle_needs
  dotnet test Vrs.Tests --configuration "$configuration" --verbosity quiet --filter Suite=Simulation \
    --logger 'console;verbosity=detailed' </dev/null
}
