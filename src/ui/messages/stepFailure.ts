/** A failure late in a flow, with the step to run again: Retry keeps the earlier answers. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  constructor(
    override readonly cause: unknown,
    readonly again: () => Promise<void>,
  ) {
    super('A step failed.');
  }
}

/** Runs the last step of a flow. Retry runs it again. */
export async function retryableStep(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    throw error instanceof StepFailure ? error : new StepFailure(error, () => retryableStep(step));
  }
}
