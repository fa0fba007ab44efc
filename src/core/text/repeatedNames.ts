/**
 * Whether an object in valid JSON has the same name twice. `JSON.parse` keeps the last value, other readers the first,
 * and some servers ignore the case of names (Go's `encoding/json`): `ignoreCase`.
 */
export function hasRepeatedName(json: string, { ignoreCase }: { readonly ignoreCase: boolean }): boolean {
  const open: Set<string>[] = [];
  for (const [, text, colon, bracket = ''] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|([{}[\]])/g)) {
    if (bracket === '{' || bracket === '[') open.push(new Set());
    else if (bracket !== '') open.pop();
    else if (text !== undefined && colon !== undefined) {
      const written = String(JSON.parse(text));
      const name = ignoreCase ? written.toLowerCase() : written;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}
