import type { LinkOption } from '../../../core/links/kinds.js';
import {
  formatFormType,
  formatMetadata,
  formatSizeRange,
  parseFormType,
  parseMetadata,
  parseSizeRange,
} from '../../../core/links/optionTexts.js';
import type { LinkOptions, LinkTarget } from '../../../core/links/target.js';
import { keyName } from '../../../core/storage/keys.js';
import { contentTypeOf } from '../../../core/transfer/link/contentType.js';
import type { Signer } from '../../app.js';
import { pickItem } from '../../prompts/inputs.js';
import { askExactFile } from './exactFile.js';
import { askEncryption, askShownAs, askSuccess, describeShownAs } from './optionLists.js';
import { askOptionText } from './optionText.js';
import { back, type Back, type StepPlace } from '../../prompts/steps.js';
import { askVersion } from './version.js';
import { l10n, type QuickPickItem } from '../../messages/door.js';
import { shown, type Shown } from '../../messages/shown.js';

export interface OptionContext {
  readonly app: Signer;
  readonly target: LinkTarget;
  readonly place: StepPlace;
}

type Answer = Promise<LinkOptions | Back | undefined>;

/** How one option of a link is asked for and shown. */
interface OptionPrompt {
  readonly label: () => Shown;
  /** What is chosen; empty where nothing is. */
  readonly describe: (target: LinkTarget) => string;
  /** Gives what changes. */
  readonly ask: (context: OptionContext) => Answer;
}

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

/** A row for each option that a kind of link can name. */
export const optionPrompts: Readonly<Record<LinkOption, OptionPrompt>> = {
  shownAs: { label: () => l10n.t('How a browser opens it'), describe: describeShownAs, ask: askShownAs },
  fileName: {
    label: () => l10n.t('File name'),
    describe: ({ fileName = '' }) => fileName,
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t('The name under which browsers save the object'),
          value: target.fileName ?? keyName(target.key).replace(/\/$/, ''),
          parse: (fileName) => ({ options: { fileName: fileName === '' ? undefined : fileName } }),
          isNeeded: true,
        },
      ),
  },
  versionId: {
    label: () => l10n.t('Version'),
    describe: ({ versionId = '' }) => versionId,
    ask: askVersion,
  },
  contentType: {
    label: () => l10n.t('Content type'),
    describe: ({ contentType = '' }) => contentType,
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t('The type that whoever uploads has to declare; empty for any'),
          value: target.contentType ?? contentTypeOf(target.key),
          parse: (contentType) => ({
            options: { contentType: contentType === '' ? undefined : contentType },
          }),
        },
      ),
  },
  cacheControl: {
    label: () => l10n.t('Cache control'),
    describe: ({ cacheControl = '' }) => cacheControl,
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t('How long browsers may keep the object, as max-age=3600; empty for nothing'),
          value: target.cacheControl ?? '',
          parse: (text) => ({ options: { cacheControl: text === '' ? undefined : text } }),
        },
      ),
  },
  metadata: {
    label: () => l10n.t('Metadata'),
    describe: ({ metadata }) => formatMetadata(metadata),
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t('Metadata as name=value; name=value. Names without x-amz-meta-.'),
          value: formatMetadata(target.metadata),
          parse: (text) => {
            const parsed = parseMetadata(text);
            return 'problem' in parsed ? parsed : { options: { metadata: parsed.metadata } };
          },
        },
      ),
  },
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
    describe: ({ form }) => (form?.keyIsPrefix === true ? l10n.t('any that begins so') : ''),
    ask: askFormKey,
  },
  sizeRange: {
    label: () => l10n.t('Size'),
    describe: ({ form = {} }) => formatSizeRange(form),
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t('Sizes allowed: 10 MB, 1 KB - 10 MB, or 1 KB - for no upper limit; empty for any'),
          value: formatSizeRange(target.form ?? {}),
          parse: (text) => {
            const parsed = parseSizeRange(text);
            return 'problem' in parsed
              ? parsed
              : { options: { form: { ...target.form, ...withoutRange, ...parsed.range } } };
          },
        },
      ),
  },
  formType: {
    label: () => l10n.t('Content type'),
    describe: ({ contentType, form = {} }) => formatFormType({ contentType, ...form }),
    ask: ({ place, target }) =>
      askOptionText(
        { place, target },
        {
          prompt: l10n.t(
            'The type allowed: image/png exactly, or image/* for all that begin so; empty for any',
          ),
          value: formatFormType({ contentType: target.contentType, ...target.form }),
          parse: (text) => {
            const { contentType, typeIsPrefix } = parseFormType(text);
            return { options: { contentType, form: { ...target.form, typeIsPrefix } } };
          },
        },
      ),
  },
  success: {
    label: () => l10n.t('After the upload'),
    describe: ({ form }) => form?.successRedirect ?? form?.successStatus?.toString() ?? '',
    ask: askSuccess,
  },
};

const withoutRange = { minBytes: undefined, maxBytes: undefined };

async function askStorageClass({ place, target }: OptionContext): Answer {
  const none = { label: l10n.t('As the bucket has it'), storageClass: undefined };
  const items = [none, ...storageClasses.map((name) => ({ label: shown(name), storageClass: name }))];
  const picked = await pickItem<QuickPickItem & { storageClass: string | undefined }>(place, {
    items,
    placeholder: l10n.t('Where S3 keeps the object'),
    active: items.find(({ storageClass }) => storageClass === target.storageClass),
  });
  return picked === undefined || picked === back ? picked : { storageClass: picked.storageClass };
}

async function askFormKey({ place, target }: OptionContext): Answer {
  const { key, form } = target;
  const items = [
    {
      label: l10n.t('Exactly this key'),
      detail: l10n.t('Whatever is uploaded becomes {0}.', key),
      keyIsPrefix: false,
    },
    {
      label: l10n.t('Any key that begins so'),
      detail: l10n.t('The name of the uploaded file follows {0}', key),
      keyIsPrefix: true,
    },
  ];
  const offered = key === '' ? items.slice(1) : items;
  const picked = await pickItem(place, {
    items: offered,
    placeholder: l10n.t('Which keys the form may write'),
    active: offered.find(({ keyIsPrefix }) => keyIsPrefix === (form?.keyIsPrefix ?? key.endsWith('/'))),
  });
  return picked === undefined || picked === back
    ? picked
    : { form: { ...form, keyIsPrefix: picked.keyIsPrefix } };
}
