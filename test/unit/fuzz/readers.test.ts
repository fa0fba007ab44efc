import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { growth, isLinear, minOfEach, processorMs } from '../support/processorTime.js';
import { Random } from '../../support/random.js';
import { documentedErrors, otherwiseTested, readers } from './readers.js';
import { mutated, pumpedTexts, validTexts } from './texts.js';

/** SIGNPOST_FUZZ_SEED chooses other texts, and SIGNPOST_FUZZ_TIMES more of them. */
const seed = Number(process.env.SIGNPOST_FUZZ_SEED ?? 20260301);
const times = Number(process.env.SIGNPOST_FUZZ_TIMES ?? 1);

type Reader = (text: string) => unknown;

function failure(what: string, text: string): string {
  return `${what} (seed ${seed}): ${JSON.stringify(text.slice(0, 300))} of ${text.length}`;
}

function read(name: string, reader: Reader, text: string): unknown {
  try {
    return reader(text);
  } catch (error) {
    const thrown = error instanceof Error ? error.name : typeof error;
    assert.ok(documentedErrors[name]?.includes(thrown), failure(`${name} throws ${String(error)}`, text));
    return undefined;
  }
}

/** Every text in a result, including the names of its fields. Fails for anything but data. */
function textsIn(value: unknown): readonly string[] {
  assert.ok(typeof value !== 'function', 'a function is not data');
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  const entries: readonly (readonly [unknown, unknown])[] =
    value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [...textsIn(key), ...textsIn(inner)]);
}

function assertPlain(name: string, result: unknown, text: string): void {
  const texts = textsIn(result);
  const length = texts.reduce((sum, { length }) => sum + length, 0);
  assert.ok(length < 40 * text.length + 10_000, failure(`${name} gives ${length} characters`, text));
  const isForeign = text.includes('[native code]');
  const hasCode = !isForeign && texts.some((part) => part.includes('[native code]'));
  assert.ok(!hasCode, failure(`${name} gives a function as text`, text));
}

function assertUnpolluted(): void {
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).length, ownNames);
}
const ownNames = Object.getOwnPropertyNames(Object.prototype).length;

/** The exports of core whose names suggest that they read text. */
function readersInSource(): readonly string[] {
  const pattern = /^export (?:function|const) ((?:parse|find|split|read|decode|unescape|redact|safe)\w*)/gm;
  return readdirSync('src/core', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join('src/core', file), 'utf8').matchAll(pattern)].map(([, name = '']) => name),
    );
}

describe('reading untrusted text', () => {
  it('is tested here for every function', () => {
    const found = readersInSource();
    const known = new Set([...Object.keys(readers), ...otherwiseTested]);
    assert.ok(found.includes('parseLink'));
    assert.deepEqual(
      found.filter((name) => !known.has(name)),
      [],
    );
  });

  for (const [name, reader] of Object.entries(readers)) {
    it(`${name} returns bounded data or its documented error for any change to a valid text`, () => {
      const random = new Random(seed);
      const texts = Array.from({ length: 600 * times }, () => mutated(random));
      for (const text of ['', ...validTexts, ...texts]) assertPlain(name, read(name, reader, text), text);
      assertUnpolluted();
    });
  }

  it('returns file names without control characters', () => {
    const random = new Random(seed);
    for (let left = 600 * times; left > 0; left -= 1) {
      const text = mutated(random);
      const name = String(readers.safeFileName?.(text));
      assert.ok(Buffer.byteLength(name) <= 255, failure('a long name', text));
      assert.doesNotMatch(name, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}/\\]/u, failure('a name', text));
    }
  });
});

describe('the time it takes to read untrusted text', () => {
  const [length, cases] = [16_384, 200 * times];
  // Faster readings are not measured again; a quadratic reader takes at least several times as long.
  const quickMs = 15;

  for (const [name, reader] of Object.entries(readers)) {
    it(`${name}: grows in proportion to the text`, () => {
      const random = new Random(seed);
      // Either few texts are slow for a reader, or all are.
      let looks = 3 * times;
      for (const text of pumpedTexts(random, cases)) {
        if (looks === 0) break;
        const reading = (bytes: number) => {
          const long = text(bytes);
          return () => read(name, reader, long);
        };
        const readShort = reading(length);
        if (processorMs(readShort) < quickMs) continue;
        looks -= 1;
        const { short, long } = minOfEach(readShort, reading(growth * length), isLinear);
        assert.ok(
          isLinear({ short, long }),
          failure(`${name}: ${Math.round(short)} ms, then ${Math.round(long)} ms`, text(300)),
        );
      }
    });
  }
});
