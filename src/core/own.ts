/** What a record holds by a foreign name; `constructor` and the like, which every object inherits, are not in it. */
export function ownValue<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
