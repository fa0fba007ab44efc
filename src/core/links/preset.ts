import type { Message } from '../failures/message.js';
import { isRecord, ownValue } from '../text/own.js';
import { parseExpiry } from './expiry.js';
import { linkKinds, type LinkKindId } from './kinds.js';
import type { LinkOptions } from './target.js';

/** Options that a preset can keep: all but those about one object or one file. */
export type PresetOptions = Omit<LinkOptions, 'versionId' | 'file'>;

/** Link options under a name, as they appear in the settings. */
export interface Preset extends PresetOptions {
  readonly name: string;
  readonly kind: LinkKindId;
  /** A duration such as `1h`. */
  readonly expiry?: string | undefined;
}

/** Picks the options that a preset can keep. */
export function presetOptions(options: LinkOptions): PresetOptions {
  const { contentType, fileName, inline, cacheControl, metadata, storageClass, encryption, form } = options;
  return {
    ...{ contentType, fileName, inline, cacheControl, metadata, storageClass, encryption, form },
  } satisfies Record<keyof PresetOptions, unknown>;
}

export interface UnusablePreset {
  readonly name: string;
  readonly problem: Message;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isFlag: Check = (value) => typeof value === 'boolean';
const isBytes: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** The properties that a preset may have, with the check for each. */
const fields: Readonly<Record<keyof Preset, Check>> = {
  name: isText,
  kind: (value) => typeof value === 'string' && Object.hasOwn(linkKinds, value),
  expiry: (value) => typeof value === 'string' && 'seconds' in parseExpiry(value, new Date()),
  contentType: isText,
  fileName: isText,
  inline: isFlag,
  cacheControl: isText,
  metadata: (value) => isRecord(value) && Object.values(value).every(isText),
  storageClass: isText,
  encryption: (value) =>
    hasOnly(value, { kind: (kind) => kind === 's3' || kind === 'kms', keyId: isText }) && 'kind' in value,
  form: (value) =>
    hasOnly(value, {
      keyIsPrefix: isFlag,
      minBytes: isBytes,
      maxBytes: isBytes,
      typeIsPrefix: isFlag,
      successStatus: (status) => status === 200 || status === 201 || status === 204,
      successRedirect: isText,
    }),
};

/** Parses presets from the settings, which may contain anything. */
export function parsePresets(value: unknown): readonly (Preset | UnusablePreset)[] {
  return Array.isArray(value) ? value.map(parsePreset) : [];
}

function parsePreset(value: unknown): Preset | UnusablePreset {
  if (!isRecord(value)) return unusable('', { text: 'A preset must be an object with a name and a kind.' });
  const name = isText(value.name) ? String(value.name) : '';
  const wrong = Object.keys(value).find((key) => !Object.hasOwn(fields, key) || !checkField(key, value[key]));
  if (wrong !== undefined)
    return unusable(name, { text: 'This preset has an unknown or invalid "{0}".', args: [wrong] });
  return isPreset(value)
    ? value
    : unusable(name, { text: 'A preset must be an object with a name and a kind.' });
}

function checkField(key: string, value: unknown): boolean {
  return fields[key as keyof Preset](value);
}

function isPreset(value: object): value is Preset {
  return 'name' in value && 'kind' in value;
}

function unusable(name: string, problem: Message): UnusablePreset {
  return { name, problem };
}

function hasOnly(value: unknown, checks: Readonly<Record<string, Check>>): value is Record<string, unknown> {
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, part]) => ownValue(checks, key)?.(part) ?? part === undefined)
  );
}
