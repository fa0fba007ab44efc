import type { S3Client } from '@aws-sdk/client-s3';
import { NormalizedSchema } from '@smithy/core/schema';

type Read<Arguments extends readonly unknown[]> = (...given: Arguments) => unknown;

/**
 * How the SDK parses responses. It has no public name for these: HttpInterceptingShapeDeserializer and
 * XmlShapeDeserializer.
 */
interface Protocol {
  readonly deserializer: {
    /** A header, described by the first item. */
    readHttpBinding: Read<[binding: readonly [schema: Schema, ...unknown[]], ...unknown[]]>;
    /** An element of a body, by itself. */
    readonly codecDeserializer: { readSchema: Read<[schema: Schema, ...unknown[]]> };
  };
}

type Schema = Parameters<typeof NormalizedSchema.of>[0];

/** Omits dates that cannot be parsed. The SDK would fail the whole response, such as a listing of 1,000 objects. */
export function skipInvalidDates({ config }: S3Client): void {
  const { deserializer } = config.protocol as unknown as Protocol;
  const { codecDeserializer } = deserializer;
  const readHeader = deserializer.readHttpBinding.bind(deserializer);
  deserializer.readHttpBinding = (...given) => readDate(given[0][0], () => readHeader(...given));
  const readElement = codecDeserializer.readSchema.bind(codecDeserializer);
  codecDeserializer.readSchema = (...given) => readDate(given[0], () => readElement(...given));
}

function readDate(schema: Schema, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (NormalizedSchema.of(schema).isTimestampSchema()) return undefined;
    throw error;
  }
}
