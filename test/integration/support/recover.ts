import { connectDriver } from '../../host/driver/driver.js';
import { connectS3 } from './s3.js';
import { selectProfile } from './view.js';

/** What a test that failed on its way left behind would fail all tests that follow. */
export async function recover(this: Mocha.Context): Promise<void> {
  const driver = connectDriver();
  if (driver === undefined || this.currentTest?.state === 'passed' || this.currentTest?.isPending() === true)
    return;
  await connectS3().setFault('none');
  await selectProfile(driver, 'default');
}
