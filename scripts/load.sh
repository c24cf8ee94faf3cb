# shellcheck shell=bash
# Drives calls against a running server; the options are those of Vrs.Bench.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_load() {
  need_dotnet
  settle_needs
  need_program Vrs.Bench
  dotnet "$(program Vrs.Bench)" load "$@"
}
