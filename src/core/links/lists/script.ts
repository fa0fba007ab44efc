import { displayKey } from '../../text/unprintable.js';
import { formatS3Uri } from '../../storage/location.js';
import { quoteCurlConfig, quotePosix } from '../../text/quote.js';
import type { ListFormat } from './format.js';
import { folderContent, localPath } from './localPath.js';

/** A script for any POSIX shell with curl that downloads every link. Links stay out of the process list. */
export const script: ListFormat = {
  label: 'Shell script that downloads all',
  detail: 'For sh and curl. Keeps the folders of the keys and never writes outside the target folder.',
  extension: 'sh',
  begin: ({ bucket, base }) => header(displayKey(formatS3Uri({ bucket, key: base }))),
  item: ({ key, url }, { about }) => {
    const name = key.slice(about.base.length);
    const path = localPath(name);
    const renamed = path === name ? '' : `# ${displayKey(key)} is saved as ${displayKey(path)}\n`;
    return `${renamed}get ${quotePosix(path)} <<'END'\nurl = ${quoteCurlConfig(url)}\nEND\n`;
  },
  end: () => footer,
};

function header(address: string): string {
  return `#!/bin/sh
# Downloads objects of ${address}
# to the folder named on the command line, or to the current folder:  sh THIS_FILE [FOLDER]
# Anyone with this file can download them until the links expire, so treat it like a password.
# Existing files are skipped. Names that are not valid for files are percent-encoded: an empty name becomes %,
# the content of a key that ends in a slash %-, and .. becomes %2E%2E; control characters and backslashes are
# encoded, long names are cut.

${functions}
`;
}

/**
 * Each call of `get` reads its link from standard input, as a curl config file. No variable may be named
 * `path` or `status`, which are special in zsh.
 */
const functions = `set -u
target=\${1:-.}
case $target in -*) target=./$target ;; esac
if ! command -v curl >/dev/null 2>&1; then
  echo 'This script needs curl.' >&2
  exit 2
fi
mkdir -p "$target" && work=$(mktemp -d "$target/.signpost-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
part=$work/part
got=0 there=0 failed=0

report() {
  printf '%s: %s\\n' "$1" "$2" >&2
}

get() {
  dest=$target/$1
  if [ -e "$dest" ] || [ -h "$dest" ]; then
    report 'Skipped, already exists' "$1"
    there=$((there + 1))
  elif goes_through_link "$1"; then
    report 'Failed, a folder in its path is a symbolic link' "$1"
    failed=$((failed + 1))
  elif mkdir -p "\${dest%/*}" && receive && keep "$1"; then
    got=$((got + 1))
  else
    report 'Failed' "$1"
    failed=$((failed + 1))
  fi
}

# A symbolic link may lead out of the folder.
goes_through_link() {
  folder=$target rest=$1
  while [ "$rest" != "\${rest#*/}" ]; do
    folder=$folder/\${rest%%/*} rest=\${rest#*/}
    [ ! -h "$folder" ] || return 0
  done
  return 1
}

receive() {
  rm -f "$part"
  curl --fail --silent --show-error --retry 3 --path-as-is --globoff --output "$part" --config -
}

# curl may create no file for an empty object. An empty object whose key ends in a slash is the folder itself.
keep() {
  [ -e "$part" ] || : >"$part" || return 1
  case $1 in
    '${folderContent}' | */'${folderContent}') [ -s "$part" ] || return 0 ;;
  esac
  mv "$part" "$dest"
}`;

const footer = `
printf '%s downloaded, %s skipped, %s failed\\n' "$got" "$there" "$failed" >&2
[ "$failed" -eq 0 ] && [ "$there" -eq 0 ]
`;
