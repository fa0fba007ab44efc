import type { LinkOption } from '../../../core/links/kinds.js';
import {
  formatFormType,
  formatMetadata,
  formatSizeRange,
  parseFormType,
  parseMetadata,
  parseSizeRange,
} from '../../../core/links/optionTexts.js';
import { keyName } from '../../../core/storage/keys.js';
import { contentTypeOf } from '../../../core/transfer/link/contentType.js';
import { pickItem } from '../../prompts/inputs.js';
import { askExactFile } from './exactFile.js';
import { askEncryption, askShownAs, askSuccess, describeShownAs } from './optionLists.js';
import type { OptionAnswer, OptionContext, OptionPrompt } from './optionContext.js';
import { asTyped, textOption } from './optionText.js';
import { back } from '../../prompts/steps.js';
import { askVersion } from './version.js';
import { l10n, type QuickPickItem } from '../../messages/safeVscode.js';
import { safeText } from '../../messages/safeText.js';

const storageClasses = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
  'EXPRESS_ONEZONE',
];

/** One entry for each option of a link. */
export const optionPrompts: Readonly<Record<LinkOption, OptionPrompt>> = {
  shownAs: { label: () => l10n.t('How a browser opens it'), describe: describeShownAs, ask: askShownAs },
  fileName: textOption({
    label: () => l10n.t('File name'),
    prompt: () => l10n.t('File name under which browsers save the object'),
    ...asTyped('fileName'),
    suggest: ({ key }) => keyName(key).replace(/\/$/, ''),
    isNeeded: true,
  }),
  versionId: {
    label: () => l10n.t('Version'),
    describe: ({ versionId = '' }) => versionId,
    ask: askVersion,
  },
  contentType: textOption({
    label: () => l10n.t('Content type'),
    prompt: () => l10n.t('Content type that the upload must declare; empty for any'),
    ...asTyped('contentType'),
    suggest: ({ key }) => contentTypeOf(key),
  }),
  cacheControl: textOption({
    label: () => l10n.t('Cache control'),
    prompt: () => l10n.t('How long browsers may cache the object, such as max-age=3600; empty for none'),
    ...asTyped('cacheControl'),
  }),
  metadata: textOption({
    label: () => l10n.t('Metadata'),
    prompt: () => l10n.t('Metadata as name=value; name=value, without x-amz-meta-'),
    format: ({ metadata }) => formatMetadata(metadata),
    parse: (text) => {
      const parsed = parseMetadata(text);
      return 'problem' in parsed ? parsed : { options: { metadata: parsed.metadata } };
    },
  }),
  storageClass: {
    label: () => l10n.t('Storage class'),
    describe: ({ storageClass = '' }) => storageClass,
    ask: askStorageClass,
  },
  encryption: {
    label: () => l10n.t('Encryption'),
    describe: ({ encryption }) =>
      encryption === undefined
        ? ''
        : encryption.kind === 's3'
          ? 'SSE-S3'
          : `SSE-KMS ${encryption.keyId ?? ''}`.trim(),
    ask: askEncryption,
  },
  localFile: {
    label: () => l10n.t('File'),
    describe: ({ file }) => file?.name ?? '',
    ask: askExactFile,
  },
  formKey: {
    label: () => l10n.t('Key'),
    describe: ({ form }) => (form?.keyIsPrefix === true ? l10n.t('any key with this prefix') : ''),
    ask: askFormKey,
  },
  sizeRange: textOption({
    label: () => l10n.t('Size'),
    prompt: () =>
      l10n.t('Allowed size: 10 MB (at most), 1 KB - 10 MB (range), or 1 KB - (at least); empty for any'),
    format: ({ form = {} }) => formatSizeRange(form),
    parse: (text, { form }) => {
      const parsed = parseSizeRange(text);
      return 'problem' in parsed
        ? parsed
        : { options: { form: { ...form, ...withoutRange, ...parsed.range } } };
    },
  }),
  formType: textOption({
    label: () => l10n.t('Content type'),
    prompt: () =>
      l10n.t('Allowed type: image/png exactly, or image/* for all that begin with image/; empty for any'),
    format: ({ contentType, form }) => formatFormType({ contentType, ...form }),
    parse: (text, { form }) => {
      const { contentType, typeIsPrefix } = parseFormType(text);
      return { options: { contentType, form: { ...form, typeIsPrefix } } };
    },
  }),
  success: {
    label: () => l10n.t('After the upload'),
    describe: ({ form }) => form?.successRedirect ?? form?.successStatus?.toString() ?? '',
    ask: askSuccess,
  },
};

const withoutRange = { minBytes: undefined, maxBytes: undefined };

async function askStorageClass({ place, target }: OptionContext): OptionAnswer {
  const none = { label: l10n.t('Bucket default'), storageClass: undefined };
  const items = [none, ...storageClasses.map((name) => ({ label: safeText(name), storageClass: name }))];
  const picked = await pickItem<QuickPickItem & { storageClass: string | undefined }>(place, {
    items,
    placeholder: l10n.t('Choose the storage class'),
    active: items.find(({ storageClass }) => storageClass === target.storageClass),
  });
  return picked === undefined || picked === back ? picked : { storageClass: picked.storageClass };
}

async function askFormKey({ place, target }: OptionContext): OptionAnswer {
  const { key, form } = target;
  const items = [
    {
      label: l10n.t('Exactly this key'),
      detail: l10n.t('The upload is stored as {0}.', key),
      keyIsPrefix: false,
    },
    {
      label: l10n.t('Any key with this prefix'),
      detail: l10n.t('The name of the uploaded file is added to {0}', key),
      keyIsPrefix: true,
    },
  ];
  const offered = key === '' ? items.slice(1) : items;
  const picked = await pickItem(place, {
    items: offered,
    placeholder: l10n.t('Choose which keys the form can upload to'),
    active: offered.find(({ keyIsPrefix }) => keyIsPrefix === (form?.keyIsPrefix ?? key.endsWith('/'))),
  });
  return picked === undefined || picked === back
    ? picked
    : { form: { ...form, keyIsPrefix: picked.keyIsPrefix } };
}
