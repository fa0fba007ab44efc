import file from './aws.json' with { type: 'json' };

/** A recorded refusal of AWS. */
export interface RecordedRefusal {
  readonly status?: number;
  readonly Code: string;
  readonly Message: string;
  /** The names of the elements of the error document, in alphabetical order. */
  readonly elements: readonly string[];
  readonly HeadersNotSigned?: string;
}

export type RecordedCase = keyof typeof file.refusals;

/** @see `aws.json` for the source and its licence */
export const recordedRefusals: Readonly<Record<RecordedCase, RecordedRefusal>> = file.refusals;
