/** Credentials of the AWS CLI: a named profile, or what the SDK finds by itself (environment, container, instance). */
export type AwsSource =
  { readonly kind: 'profile'; readonly name: string } | { readonly kind: 'environment' };

/** Where credentials come from: the AWS CLI, or a connection that was added in the editor. */
export type ConnectionSource = AwsSource | { readonly kind: 'connection'; readonly id: string };

/** Identifies a source in stored state and in row ids. */
export function formatSource(source: ConnectionSource): string {
  switch (source.kind) {
    case 'profile':
      return `profile:${source.name}`;
    case 'connection':
      return `connection:${source.id}`;
    case 'environment':
      return 'environment';
  }
}
