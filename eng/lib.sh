# What ./run and ./test share. Sourced, never run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

debian_packages=()
need() { # need PACKAGE TEST...: remembers a Debian package whose test fails
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || debian_packages+=("$package")
}

install_missing() { # install_missing [tests]: servers, and with 'tests' what the tests need besides
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: install it so that 'dotnet --version' answers 10.0."
  need postgresql test -n "$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null)"
  need rabbitmq-server test -x /usr/lib/rabbitmq/bin/rabbitmq-server
  need curl command -v curl
  # Agreements and decision memos are set with the fonts of the machine.
  need fonts-liberation2 test -n "$(find /usr/share/fonts -name LiberationSans-Regular.ttf 2>/dev/null)"
  need fonts-dejavu-core test -n "$(find /usr/share/fonts -name DejaVuSans.ttf 2>/dev/null)"
  if [ "${1:-}" = tests ]; then
    need poppler-utils command -v pdfsig
    need qpdf command -v qpdf
    need nodejs command -v node
    need npm command -v npm
  fi
  [ ${#debian_packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    fail "Install these first (Debian's names): ${debian_packages[*]}"
  fi
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  say "Installing ${debian_packages[*]}"
  # The servers are started by us on ports of their own, never by the package.
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee /usr/sbin/policy-rc.d >/dev/null
  "${as_root[@]}" chmod +x /usr/sbin/policy-rc.d
  local installed=0
  { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${debian_packages[@]}"; } >"${TMPDIR:-/tmp}/iop-apt.log" 2>&1 || installed=$?
  "${as_root[@]}" rm -f /usr/sbin/policy-rc.d
  [ "$installed" = 0 ] || { tail -n 20 "${TMPDIR:-/tmp}/iop-apt.log" >&2; fail "apt-get could not install ${debian_packages[*]}."; }
}

build() { # build TARGET: a project, solution or filter
  dotnet build "$root/$1" -c "$configuration" --nologo -v quiet -clp:NoSummary || fail "The build failed; see the errors above."
}
