import type { Message } from '../../failures/message.js';
import { quoteJava } from '../../text/quote.js';
import {
  headerComments,
  isForm,
  operationInput,
  operationOf,
  type CodeInput,
  type OperationInput,
} from './codeInput.js';

/** Source: AWS SDK for Java 2.x Developer Guide, "Work with Amazon S3 presigned URLs", and the Javadoc of S3Presigner. */
export function javaSdk(input: CodeInput): string {
  const operation = operationOf(input);
  const call = operation === 'PutObject' ? 'putObject' : 'getObject';
  return [
    'import java.net.URI;',
    'import java.time.Duration;',
    'import java.util.Map;',
    'import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;',
    'import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;',
    'import software.amazon.awssdk.regions.Region;',
    'import software.amazon.awssdk.services.s3.S3Configuration;',
    'import software.amazon.awssdk.services.s3.presigner.S3Presigner;',
    '',
    'public class MakeLink {',
    '    public static void main(String[] args) {',
    ...presigner(input).map((line) => `        ${line}`),
    // The compiler decodes \u in comments too, for example to a line break.
    ...headerComments(input, '//', quoteJava).map((line) => `            ${line}`),
    `            System.out.println(presigner.presign${operation}(presign -> presign`,
    `                .signatureDuration(Duration.ofSeconds(${input.request.expiresInSeconds}))`,
    `                .${call}Request(request -> request`,
    ...operationInput(input).map(
      ([name, value]) => `                    .${setter(name)}(${literal(value)})`,
    ),
    '                )).url());',
    '        }',
    '    }',
    '}',
    '',
  ].join('\n');
}

/** The SDK cannot make policies for forms. Source: aws/aws-sdk-java-v2, README of `services/s3`. */
export function refusesForms(input: CodeInput): Message | undefined {
  return isForm(input)
    ? {
        text: 'The AWS SDK for Java does not support form uploads (POST). Choose another language, or an upload link (PUT).',
      }
    : undefined;
}

function presigner({ place }: CodeInput): readonly string[] {
  const provider =
    place.profile === undefined
      ? 'DefaultCredentialsProvider.create()'
      : `ProfileCredentialsProvider.create(${quoteJava(place.profile)})`;
  return [
    'try (S3Presigner presigner = S3Presigner.builder()',
    `        .credentialsProvider(${provider})`,
    `        .region(Region.of(${quoteJava(place.region)}))`,
    ...(place.endpoint === undefined
      ? []
      : [`        .endpointOverride(URI.create(${quoteJava(place.endpoint)}))`]),
    '        .serviceConfiguration(S3Configuration.builder()',
    `            .pathStyleAccessEnabled(${place.forcePathStyle}).build())`,
    '        .build()) {',
  ];
}

/** Names of the model, as the SDK's code generator writes them. */
function setter(name: string): string {
  if (name === 'SSEKMSKeyId') return 'ssekmsKeyId';
  return (name[0]?.toLowerCase() ?? '') + name.slice(1);
}

function literal(value: OperationInput[number][1]): string {
  if (typeof value === 'string') return quoteJava(value);
  if (typeof value === 'number') return `${value}L`;
  const entries = Object.entries(value).map(
    ([name, text]) => `Map.entry(${quoteJava(name)}, ${quoteJava(text)})`,
  );
  return `Map.ofEntries(${entries.join(', ')})`;
}
