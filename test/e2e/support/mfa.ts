import { KeyIssuer } from '../../servers/aws/keys.js';
import type { AwsService } from '../../servers/aws/service.js';
import { startSts } from '../../servers/aws/sts.js';
import type { StrictS3 } from '../../servers/strictS3/server.js';
import { alice } from '../../support/identities.js';
import { profileSection } from './profiles.js';
import { useWorld, type World } from './world.js';

const roleArn = 'arn:aws:iam::123456789012:role/mfa-admin';
export const serial = 'arn:aws:iam::123456789012:mfa/somebody';
export const rightCode = '123456';

/** A world whose default profile is a role that requires an MFA code. */
export interface MfaWorld {
  readonly world: World;
  /** How often the role was requested during the test. */
  readonly attempts: () => number;
}

export function useMfaWorld(): MfaWorld {
  const issuer = new KeyIssuer([alice]);
  let sts: AwsService | undefined;
  before(async () => {
    const mfa = { serial, codes: [rightCode] };
    sts = await startSts({ issuer, roles: [{ arn: roleArn, mfa }] });
  });
  const world = useWorld({ known: issuer.known, config: (server) => config(server, sts?.endpoint ?? '') });
  after(() => sts?.close());
  const total = () => sts?.requests.length ?? 0;
  let [attemptsBefore, isUsed] = [0, false];
  beforeEach(async () => {
    if (isUsed) await forgetRole(world);
    isUsed = true;
    attemptsBefore = total();
    world.server.clearRequests();
  });
  return { world, attempts: () => total() - attemptsBefore };
}

/**
 * Reloads the window without the view, which would ask for a code. VS Code stores the open view container
 * only if it is not the Explorer, its default.
 */
async function forgetRole({ window, workbench }: World): Promise<void> {
  await window.openExplorer();
  await window.until(
    'the Explorer to be what the window opens with',
    async () => !(await workbench.storedState()).includes('activeviewletid = workbench.view.extension'),
  );
  await window.reload();
}

function config({ endpoint }: StrictS3, stsEndpoint: string): string {
  return [
    '[default]',
    'region = us-east-1',
    `role_arn = ${roleArn}`,
    'source_profile = base',
    `mfa_serial = ${serial}`,
    'services = local',
    '[services local]',
    's3 =',
    `  endpoint_url = ${endpoint}`,
    'sts =',
    `  endpoint_url = ${stsEndpoint}`,
    profileSection('base', { credential: alice, endpoint }),
  ].join('\n');
}

/** Waits for the prompt for the code. */
export async function codeAsked({ window }: World, prompt: RegExp): Promise<void> {
  await window.quickInput(({ title, message }) => title === 'MFA Code' && prompt.test(message));
}

/** Answers the prompt for the code. */
export async function enterCode(world: World, code: string): Promise<void> {
  await world.window.fill(code);
  await world.window.press('Enter');
}
