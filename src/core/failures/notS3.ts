import { MessageError, type BySignerKind, type Explanation, type SignerKind } from './message.js';

/** The explanation when something other than S3 answers. */
export const notS3: BySignerKind<Explanation> = {
  profile: {
    message: {
      text: 'The server at this endpoint is not an S3 service. Check the endpoint of this profile.',
    },
    remedy: 'openAwsConfig',
  },
  connection: {
    message: {
      text: 'The server at this endpoint is not an S3 service. Check the endpoint of this connection.',
    },
    remedy: 'editConnection',
  },
};

/** A web page that is well-formed XML by chance, which the SDK takes for an empty response. */
export class NotS3Error extends MessageError {
  override readonly name = 'NotS3Error';

  constructor() {
    super(notS3.profile.message);
  }

  override explain(signer: SignerKind): Explanation {
    return notS3[signer];
  }
}
