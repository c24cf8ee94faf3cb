# shellcheck shell=bash
# What every command shares: words to the reader, and tools that may be missing.

configuration=Release
readonly web=Vrs.Gateway/web secrets=scripts/secrets
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi
# shellcheck disable=SC2034 # The commands use them.
readonly bold dim red green plain configuration

say() { printf '%s\n' "$*"; }

note() { printf '%s%s%s\n' "$dim" "$*" "$plain"; }

# Ends the command: what is wrong, then what to do about it.
fail() {
  printf '%s%s%s\n' "$red" "$1" "$plain" >&2
  if [[ -n ${2:-} ]]; then printf '%s\n' "$2" >&2; fi
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Whether missing tools can be installed here without asking anybody: Debian, and we are root.
can_install() { [[ $(id -u) == 0 ]] && have apt-get; }

apt_updated=''

# Installs Debian packages; says what it does. False when it can't.
apt_install() {
  can_install || return 1
  note "Installing $*"
  if [[ -z $apt_updated ]]; then
    apt-get update -qq </dev/null >/dev/null || return 1
    apt_updated=yes
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

# What is missing and can't be installed here: one entry each, with its remedy.
missing=()

# need TOOL PACKAGE PURPOSE: the tool is there, or is installed now, or is noted as missing.
need() {
  local tool=$1 package=$2 purpose=$3
  have "$tool" && return
  apt_install "$package" && have "$tool" && return
  missing+=("$tool is missing; $purpose. On Debian: sudo apt-get install $package")
}

need_dotnet() {
  have dotnet || apt_install dotnet-sdk-10.0 || true
  if ! have dotnet; then
    missing+=("The .NET SDK 10 is missing; it builds and runs the server. Get it: https://dot.net/download")
  elif ! dotnet --version >/dev/null 2>&1; then
    missing+=("This .NET SDK is older than global.json asks for (10.0.100). Get it: https://dot.net/download")
  fi
}

# Vite wants 20.19 or newer.
node_is_new_enough() {
  have node && have npm && node -e 'const [a, b] = process.versions.node.split(".");
    process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)'
}

need_node() {
  node_is_new_enough && return
  if ! have node || ! have npm; then apt_install nodejs npm || true; fi
  node_is_new_enough && return
  local found
  found=$(node --version 2>/dev/null || echo none)
  missing+=("Node.js 20.19 or newer with npm is missing (found: $found). Get it: https://nodejs.org")
}

# Ends the command when something is missing, and says everything at once.
settle_needs() {
  ((${#missing[@]} == 0)) || fail "Not everything is here:" "$(printf '  * %s\n' "${missing[@]}")"
}

# A text that changes when a file below the given paths does, or is added, moved or removed.
fingerprint() {
  find "$@" \( -name node_modules -o -name wwwroot -o -name artifacts \) -prune -o -type f -printf '%p %s %T@\n' |
    LC_ALL=C sort | sha256sum | cut -c1-64
}

# unless_unchanged NAME FINGERPRINT COMMAND...: runs the command unless it succeeded before on the same fingerprint.
unless_unchanged() {
  local stamp=artifacts/stamps/$1 current=$2
  shift 2
  [[ -f $stamp && $(<"$stamp") == "$current" ]] && return
  rm -f "$stamp"
  "$@"
  mkdir -p artifacts/stamps
  printf '%s' "$current" >"$stamp"
}

# install_packages FOLDER PURPOSE
install_packages() {
  note "Installing the packages of $2"
  quietly npm ci --prefix "$1" --no-audit --no-fund --prefer-offline --loglevel=error
}

# Shows what the command says only when it fails.
quietly() {
  local said
  if ! said=$("$@" 2>&1 </dev/null); then
    printf '%s\n' "$said" >&2
    return 1
  fi
}

need_packages() {
  [[ -d $web/node_modules ]] || rm -f artifacts/stamps/packages
  unless_unchanged packages "$(sha256sum "$web/package-lock.json" | cut -c1-64)" install_packages "$web" 'the web pages'
}

need_secret_packages() {
  [[ -d $secrets/node_modules ]] || rm -f artifacts/stamps/secrets
  unless_unchanged secrets "$(sha256sum "$secrets/package-lock.json" | cut -c1-64)" \
    install_packages "$secrets" 'the search for secrets'
}

build_pages() {
  note "Building the web pages"
  quietly npm run --prefix "$web" --silent build -- --logLevel warn
}

need_pages() {
  [[ -d Vrs.Gateway/wwwroot ]] || rm -f artifacts/stamps/pages
  unless_unchanged pages "$(fingerprint "$web")" build_pages
}

build_project() {
  note "Building $1"
  quietly dotnet build "$1" --configuration "$configuration" --verbosity quiet --nologo
}

# The program a project builds.
program() { printf 'artifacts/Embedded/bin/%s/%s/%s.dll' "$1" "${configuration,,}" "$1"; }

need_program() {
  [[ -f $(program "$1") ]] || rm -f "artifacts/stamps/$1"
  unless_unchanged "$1" "$(fingerprint ./*.props ./*.targets global.json .editorconfig Vrs.*)" build_project "$1"
}
