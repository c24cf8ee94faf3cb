# shellcheck shell=bash
# Reads a password, prints its hash for Accounts:Users.

# shellcheck source=scripts/common.sh
. scripts/common.sh

cmd_hash-password() {
  need_dotnet
  settle_needs
  need_program Vrs.Silo
  dotnet "$(program Vrs.Silo)" hash-password "$@"
}
