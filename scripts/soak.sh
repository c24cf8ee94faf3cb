# shellcheck shell=bash
# Calls of all kinds for a long time against a running server of this machine; the options are those of Vrs.Bench.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_soak() {
  need_dotnet
  settle_needs
  need_program Vrs.Bench
  dotnet "$(program Vrs.Bench)" soak "$@"
}
