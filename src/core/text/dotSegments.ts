/** Whether a path or key has a segment that URL parsers collapse: `.` or `..`, also percent-encoded. */
export function hasDotSegment(path: string): boolean {
  return path.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
}
