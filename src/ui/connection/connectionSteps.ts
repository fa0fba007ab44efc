import { InputBoxValidationSeverity } from 'vscode';
import { endpointProblem } from '../../core/connection/stores/endpoint.js';
import type { Addressing } from '../../core/connection/stores/stores.js';
import type { StoreId, StoreTemplate } from '../../core/connection/stores/stores.js';
import { fillTemplate, offeredStores, templateOf } from '../../core/connection/stores/templates.js';
import type { ConnectionKeys, StoredConnection } from '../../core/connection/storedConnection.js';
import type { ConnectionApp } from '../app.js';
import { showMessage } from '../messages/showMessage.js';
import { confirmClearText } from './clearText.js';
import { askText, pickItem } from '../prompts/inputs.js';
import { back, type Step } from '../prompts/steps.js';
import { l10n, type InputBoxValidationMessage, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

/** What is known about a connection while questions are asked. */
export interface ConnectionDraft extends Omit<StoredConnection, 'id'> {
  readonly store: StoreId;
  readonly accessKeyId: string;
  /** Empty to keep the stored keys. */
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Absent for a connection that is being added. */
  readonly storedKeys: ConnectionKeys | undefined;
}

type ConnectionStep = Step<ConnectionDraft>;

export const storeStep: ConnectionStep = async (draft, place) => {
  const items = offeredStores.map(({ id, label, template: { endpoint, placeholder } }) => ({
    id,
    label: showMessage({ text: label }),
    description: safeText(endpoint.replace('{0}', placeholder ?? '')),
  }));
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('Choose a store'),
    active: items.find(({ id }) => id === draft.store),
  });
  if (picked === undefined || picked === back) return picked;
  if (picked.id === draft.store && draft.endpoint !== '') return draft;
  const template = templateOf(picked.id);
  const before = templateOf(draft.store);
  // Keys that the other store's template filled in go with it.
  const isFilledIn = draft.accessKeyId === before.keys?.accessKeyId;
  const { accessKeyId, secretAccessKey } =
    template.keys ?? (isFilledIn ? { accessKeyId: '', secretAccessKey: '' } : draft);
  return {
    ...draft,
    store: picked.id,
    region: '',
    endpoint: template.endpoint.includes('{0}') ? '' : template.endpoint,
    addressing: template.addressing,
    accessKeyId,
    secretAccessKey,
  };
};

/** Asks for the endpoint, or for the missing part of a known one. The input box shows what is wrong. */
export function endpointStep(app: ConnectionApp): ConnectionStep {
  return async (draft, place) => {
    const template = templateOf(draft.store);
    for (let value = draft.endpoint; ;) {
      const answer = await askText(place, {
        prompt: showMessage({ text: template.ask }),
        placeholder: safeText(template.example),
        value,
        validate: (text) => describeEndpoint(template, text),
        isValid: (text) => endpointProblem(fillTemplate(template, text).endpoint) === undefined,
      });
      if (answer === undefined || answer === back) return answer;
      const { endpoint, region } = fillTemplate(template, answer);
      // A typed region stays, unless the store's host names contain the region.
      const keepsRegion =
        draft.region !== '' && (endpoint === draft.endpoint || !template.region.includes('{0}'));
      if (await confirmClearText(app.memory, endpoint)) {
        return { ...draft, endpoint, region: keepsRegion ? draft.region : region };
      }
      value = answer;
    }
  };
}

function describeEndpoint(template: StoreTemplate, text: string): InputBoxValidationMessage | undefined {
  const { endpoint } = fillTemplate(template, text);
  const problem = endpointProblem(endpoint);
  if (problem !== undefined)
    return { message: showMessage(problem), severity: InputBoxValidationSeverity.Error };
  const { pathname } = new URL(endpoint);
  if (pathname !== '/') {
    return {
      message: l10n.t(
        '{0} will precede every bucket name. If it is a bucket name itself, remove it.',
        pathname,
      ),
      severity: InputBoxValidationSeverity.Warning,
    };
  }
  if (endpoint === text.trim()) return undefined;
  return { message: l10n.t('Endpoint: {0}', endpoint), severity: InputBoxValidationSeverity.Info };
}

export const regionStep: ConnectionStep = async (draft, place) => {
  const answer = await askText(place, {
    prompt: l10n.t('Region to sign requests for. Most stores other than AWS accept us-east-1.'),
    value: draft.region,
    ...checked((text) =>
      /^[a-z0-9-]+$/i.test(text.trim())
        ? undefined
        : l10n.t('Enter a region with only letters, digits and hyphens.'),
    ),
  });
  return answer === undefined || answer === back ? answer : { ...draft, region: answer.trim() };
};

export const accessKeyStep: ConnectionStep = async (draft, place) => {
  const answer = await askText(place, {
    prompt: l10n.t('Access key ID'),
    value: draft.accessKeyId,
    ...checked((text) =>
      /^\S+$/.test(text.trim()) ? undefined : l10n.t('Enter an access key ID without spaces.'),
    ),
  });
  return answer === undefined || answer === back ? answer : { ...draft, accessKeyId: answer.trim() };
};

export const secretKeyStep: ConnectionStep = async (draft, place) => {
  const canKeep = keepsKeys({ ...draft, secretAccessKey: '' });
  const answer = await askText(place, {
    prompt: canKeep
      ? l10n.t('Secret access key. Leave it empty to keep the stored one.')
      : l10n.t("Secret access key. It is stored only in VS Code's secret storage."),
    value: draft.secretAccessKey,
    password: true,
    ...checked((text) =>
      (canKeep && text === '') || /^\S+$/.test(text.trim())
        ? undefined
        : l10n.t('Enter a secret access key without spaces.'),
    ),
  });
  return answer === undefined || answer === back ? answer : { ...draft, secretAccessKey: answer.trim() };
};

export const tokenStep: ConnectionStep = async (draft, place) => {
  const answer = await askText(place, {
    prompt: keepsKeys(draft)
      ? l10n.t('Session token, for temporary keys only. Leave it empty to keep the stored one.')
      : l10n.t('Session token, for temporary keys only. Leave it empty for long-term keys.'),
    value: draft.sessionToken,
    password: true,
    ...checked((text) =>
      /^\S*$/.test(text.trim()) ? undefined : l10n.t('A session token cannot contain spaces.'),
    ),
  });
  return answer === undefined || answer === back ? answer : { ...draft, sessionToken: answer.trim() };
};

/** Whether the stored keys are kept: the same key, and no different secret. */
export function keepsKeys({ accessKeyId, secretAccessKey, storedKeys }: ConnectionDraft): boolean {
  return secretAccessKey === '' && storedKeys?.accessKeyId === accessKeyId;
}

export const addressingStep: ConnectionStep = async (draft, place) => {
  const { host, protocol } = new URL(draft.endpoint);
  const items: readonly (QuickPickItem & { readonly id: Addressing })[] = [
    { id: 'auto', label: l10n.t('Automatic'), description: l10n.t('depends on the endpoint') },
    {
      id: 'path',
      label: l10n.t('Bucket name in the path'),
      description: safeText(`${protocol}//${host}/bucket/key`),
    },
    {
      id: 'virtual',
      label: l10n.t('Bucket name in the host name'),
      description: safeText(`${protocol}//bucket.${host}/key`),
    },
  ];
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('Addressing style'),
    active: items.find(({ id }) => id === draft.addressing),
  });
  return picked === undefined || picked === back ? picked : { ...draft, addressing: picked.id };
};

/** Asks for a name that no other connection has; `own` is the connection's current one. */
export function nameStep(app: ConnectionApp, own?: string): ConnectionStep {
  const taken = new Set(app.connections.all.map(({ name }) => name).filter((name) => name !== own));
  return async (draft, place) => {
    const answer = await askText(place, {
      prompt: l10n.t('Connection name, shown next to your profiles'),
      value: draft.name === '' ? new URL(draft.endpoint).hostname : draft.name,
      ...checked((text) => {
        if (text.trim() === '') return l10n.t('Enter a name.');
        return taken.has(text.trim()) ? l10n.t('Another connection already has this name.') : undefined;
      }),
    });
    return answer === undefined || answer === back ? answer : { ...draft, name: answer.trim() };
  };
}

/** Turns a complaint into the callbacks of an input box. */
function checked(complaint: (text: string) => SafeText | undefined) {
  return {
    validate: (text: string): InputBoxValidationMessage | undefined => {
      const message = complaint(text);
      return message === undefined ? undefined : { message, severity: InputBoxValidationSeverity.Error };
    },
    isValid: (text: string) => complaint(text) === undefined,
  };
}
