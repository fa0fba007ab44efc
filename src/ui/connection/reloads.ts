import { workspace, type Disposable } from 'vscode';
import { settingIds } from '../ids.js';
import type { Session } from './session.js';

/** Connects anew when a setting that decides where requests go changes. The session sees to the AWS files by itself. */
export function reloadOnChanges(session: Session): Disposable {
  return workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${settingIds.section}.${settingIds.addressing}`)) session.reload();
  });
}
