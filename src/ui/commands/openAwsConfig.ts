import { workspace, Uri } from 'vscode';
import { awsFilePaths } from '../../core/connection/profiles/homeFolder.js';
import { window } from '../messages/safeVscode.js';

/** Opens the shared config file. If there is none, opens an untitled editor that creates it when saved. */
export async function openAwsConfig(): Promise<void> {
  const file = Uri.file(awsFilePaths(process.env).config);
  const exists = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  const document = await workspace.openTextDocument(exists ? file : file.with({ scheme: 'untitled' }));
  await window.showTextDocument(document);
}
