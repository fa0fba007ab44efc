import { workspace } from 'vscode';
import type { Addressing } from '../core/connection/stores/stores.js';
import type { TimeLimits } from '../core/connection/requests/limits.js';
import { settingIds, settingNumbers } from './ids.js';

/** Number of objects and folders on one page of a listing: 10 to 1000, whatever the settings file says. */
export function pageSize(): number {
  return Math.trunc(number('pageSize'));
}

/** The default expiry as written in the settings. */
export function defaultExpiry(): string {
  const value = workspace.getConfiguration(settingIds.section).get<unknown>(settingIds.defaultExpiry);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '1h';
}

/** The addressing style for all profiles; `auto` if the setting has an unknown value. */
export function addressing(): Addressing {
  const value = workspace.getConfiguration(settingIds.section).get<string>(settingIds.addressing);
  return value === 'path' || value === 'virtual' ? value : 'auto';
}

/** Whether links never outlast the credentials that sign them. */
export function shortensToCredentials(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.shortenToCredentials, true);
}

/** Whether links are remembered on this machine, without what signs them. */
export function remembersLinks(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.recentLinks, true);
}

/** The presets as written in the settings, which may be anything. */
export function writtenPresets(): unknown {
  return workspace.getConfiguration(settingIds.section).get<unknown>(settingIds.presets);
}

/** Whether hovering over a presigned URL in an editor describes it. */
export function showsLinkHover(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.hover, true);
}

/** How long to wait for a server: 1 to 120 seconds for a connection, 1 to 300 in silence. */
export function timeLimits(): TimeLimits {
  return {
    connectMs: 1000 * number('connectTimeoutSeconds'),
    silenceMs: 1000 * number('silenceTimeoutSeconds'),
  };
}

/** Within the limits, whatever the settings file says. */
function number(id: keyof typeof settingNumbers): number {
  const { default: fallback, minimum, maximum } = settingNumbers[id];
  const value = workspace.getConfiguration(settingIds.section).get<number>(settingIds[id], fallback);
  return Number.isFinite(value) ? Math.min(maximum, Math.max(minimum, value)) : fallback;
}
