# Sourced by the checks that need a browser: exports CHROMIUM, the binary of Chromium or Chrome. One that is set
# already is kept. Where there is none, and root has apt-get, it is installed.
if [[ -z ${CHROMIUM:-} ]]; then
  if ! command -v chromium >/dev/null && [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
    echo "Getting Chromium ..." >&2
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null
  fi
  CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    mac="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    if [[ -x $mac ]]; then
      CHROMIUM=$mac
    else
      echo "These checks need Chromium; set CHROMIUM to it." >&2
      exit 1
    fi
  }
  export CHROMIUM
fi
