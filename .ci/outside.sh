# Sourced by the scripts that use the artifacts like another project: with a separate folder, a separate Maven
# repository, which links to the machine's repository, and servers that are stopped at the end of the script.
# Before: cd to the repository, and set "script" and "maven" (an array). After: "work" and "repository" are set, and
# Maven uses the repository.

[[ ${maven[0]} != ./* ]] || maven[0]=$PWD/${maven[0]#./}
work=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

say() {
  echo "$script: $*"
}

fail() {
  echo "$script: $*" >&2
  exit 1
}

# The machine's repository except our own group, which must come only from this build.
machine=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
repository=$work/repository
mkdir -p "$machine" "$repository/dev/statelessmcp"
for entry in "$machine"/* "$machine"/dev/*; do
  name=${entry#"$machine"/}
  case $name in
    dev | dev/statelessmcp | *'*') ;;
    *) ln -s "$entry" "$repository/$name" ;;
  esac
done
maven+=(-B -ntp "-Dmaven.repo.local=$repository")

# install_artifacts MODULES: builds these modules, separated by commas, into the repository
install_artifacts() {
  say "installing the artifacts"
  "${maven[@]}" -q -pl ".,$1" install -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip
}

# The sed command that extracts the address from the line that a server prints.
listening='s/.*listening on \(http:[^ ]*\).*/\1/p'

# start COMMAND...: starts a server, and sets "url" to the address that it prints and "log" to what it printed
start() {
  log=$work/log
  "$@" >"$log" 2>&1 &
  server=$!
  url=
  local deadline=$((SECONDS + 60))
  while [[ -z $url ]]; do
    kill -0 "$server" 2>/dev/null || fail "it ended: $(cat "$log")"
    ((SECONDS < deadline)) || fail "it does not listen: $(cat "$log")"
    sleep 0.2
    url=$(sed -n "$listening" "$log" | head -n 1)
  done
}

# stop: ends the server in order
stop() {
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
}
