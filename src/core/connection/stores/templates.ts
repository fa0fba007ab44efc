import { stores, type Store, type StoreId, type StoreTemplate } from './stores.js';

/** The stores that are offered when a connection is added. */
export const offeredStores: readonly {
  readonly id: StoreId;
  readonly label: string;
  readonly template: StoreTemplate;
}[] = Object.entries<Store>(stores).flatMap(([id, { label, template }]) =>
  template === undefined ? [] : [{ id: id as StoreId, label, template }],
);

/** The template of a store; a store that is not offered uses that of `other`. */
export function templateOf(id: StoreId): StoreTemplate {
  const { template }: Store = stores[id];
  return template ?? stores.other.template;
}

/** What the answer to a template's question determines. */
export interface TemplateAnswer {
  readonly endpoint: string;
  readonly region: string;
}

/** Endpoint and region from the answer to a template's question: a whole endpoint or the pattern's missing part. */
export function fillTemplate({ endpoint, region }: StoreTemplate, answer: string): TemplateAnswer {
  const text = answer.trim().replace(/\/+$/, '');
  const isPart = endpoint.includes('{0}') && /^[\w-]+$/.test(text);
  const whole = isPart ? endpoint.replace('{0}', text) : text;
  const part = isPart ? text : partOf(endpoint, whole);
  return { endpoint: whole, region: region.replace('{0}', part ?? 'us-east-1') };
}

/** The part of an endpoint at the gap of the pattern. */
function partOf(pattern: string, endpoint: string): string | undefined {
  const [before = '', after] = pattern.split('{0}');
  if (after === undefined || !endpoint.startsWith(before) || !endpoint.endsWith(after)) return undefined;
  const part = endpoint.slice(before.length, endpoint.length - after.length);
  return /^[\w-]+$/.test(part) ? part : undefined;
}
