/** One object of the sample data. */
export interface Sample {
  readonly key: string;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  /** How long before `now` it was last changed. */
  readonly ageDays: number;
  readonly storageClass?: string;
}

export interface SampleBucket {
  readonly name: string;
  readonly region?: string;
  readonly samples: readonly Sample[];
}
