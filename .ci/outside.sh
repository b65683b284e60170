# Sourced by the scripts that use the artifacts as a project of somebody else does: a folder of its own, a Maven
# repository of its own, which sees the machine's through links, and servers that are ended with the script.
# Before: cd to the repository, set "script" and "maven" (an array). After: "work", "repository", and Maven uses it.

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

# Everything of the machine's repository but our own group, which is to come from this build alone.
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

# How servers print their address: a command of sed that makes it of the line.
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
