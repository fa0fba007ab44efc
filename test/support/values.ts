import assert from 'node:assert/strict';

/** The value if there is one; fails the test otherwise. */
export function must<T>(value: T | undefined, what = 'a value'): T {
  assert.ok(value !== undefined, `expected ${what}`);
  return value;
}

/** What a promise rejects with; fails the test if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error, 'expected an Error');
    return error;
  }
  return assert.fail('expected a rejection');
}

/** Bytes that repeat only after a long distance and contain every value. */
export function someBytes(count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  for (let index = 0; index < count; index += 1) bytes[index] = (index * 31 + (index >>> 8) * 7) & 0xff;
  return bytes;
}
