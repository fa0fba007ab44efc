import { MessageError, type Message } from '../failures/message.js';

export const notS3: Message = {
  text: 'What answers at the endpoint is not an S3 server. Check the endpoint of this profile.',
};

/** A web page that happens to be well-formed XML, which the SDK takes for an answer with nothing in it. */
export class NotS3Error extends MessageError {
  override readonly name = 'NotS3Error';
  constructor() {
    super(notS3);
  }
}
