import { workspace } from 'vscode';
import type { Addressing } from '../core/connection/stores/stores.js';
import type { TimeLimits } from '../core/connection/requests/limits.js';
import { settingIds, settingNumbers } from './ids.js';

/** Objects and folders that one page of a listing holds: 10 to 1000, whatever the settings file says. */
export function pageSize(): number {
  return Math.trunc(number('pageSize'));
}

/** How long a link lives while no other choice was made, as it was written. */
export function defaultExpiry(): string {
  const value = workspace.getConfiguration(settingIds.section).get<unknown>(settingIds.defaultExpiry);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '1h';
}

/** Where the bucket stands in an address, for all profiles; `auto` where the setting holds no known word. */
export function addressing(): Addressing {
  const value = workspace.getConfiguration(settingIds.section).get<string>(settingIds.addressing);
  return value === 'path' || value === 'virtual' ? value : 'auto';
}

/** Whether a link is signed for no longer than the credentials live. */
export function shortensToCredentials(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.shortenToCredentials, true);
}

/** Whether links that were made are remembered on this machine, without what signs them. */
export function remembersLinks(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.recentLinks, true);
}

/** The presets of links as they were written, which may be anything. */
export function writtenPresets(): unknown {
  return workspace.getConfiguration(settingIds.section).get<unknown>(settingIds.presets);
}

/** Whether pointing at a presigned URL in an editor tells what it is. */
export function showsLinkHover(): boolean {
  return workspace.getConfiguration(settingIds.section).get<boolean>(settingIds.hover, true);
}

/** How long a server may keep us waiting: 1 to 120 seconds for a connection, 1 to 300 in silence. */
export function timeLimits(): TimeLimits {
  return {
    connectMs: 1000 * number('connectTimeoutSeconds'),
    silenceMs: 1000 * number('silenceTimeoutSeconds'),
  };
}

/** Within its limits, whatever the settings file says. */
function number(id: keyof typeof settingNumbers): number {
  const { default: fallback, minimum, maximum } = settingNumbers[id];
  const value = workspace.getConfiguration(settingIds.section).get<number>(settingIds[id], fallback);
  return Number.isFinite(value) ? Math.min(maximum, Math.max(minimum, value)) : fallback;
}
