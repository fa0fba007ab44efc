import { StatusBarAlignment, type Disposable } from 'vscode';
import type { CredentialsState } from '../../core/connection/credentials/identity.js';
import type { describeCredentials, VisibleState } from './credentialsText.js';
import { l10n, window } from '../messages/safeVscode.js';

/** Loaded when there are credentials to show. */
interface StatusParts {
  readonly describeCredentials: typeof describeCredentials;
}

interface StatusOptions {
  readonly load: () => Promise<StatusParts>;
  readonly redrawMs?: number;
}

/** Shows in the status bar how long temporary credentials are valid. Shows nothing for long-term keys. */
export class CredentialsStatus implements Disposable {
  readonly #item = window.createStatusBarItem('signpost.credentials', StatusBarAlignment.Left);
  #timer: NodeJS.Timeout | undefined;
  #shown: { readonly label: string; readonly state: VisibleState } | undefined;
  #clockOffsetMs = 0;
  readonly #load: () => Promise<StatusParts>;
  readonly #redrawMs: number;

  constructor({ load, redrawMs = 20_000 }: StatusOptions) {
    this.#load = load;
    this.#redrawMs = redrawMs;
    this.#item.name = l10n.t('S3 Credentials');
  }

  show(label: string, state: CredentialsState): void {
    clearInterval(this.#timer);
    this.#shown = state.kind === 'never' ? undefined : { label, state };
    if (this.#shown === undefined) {
      this.#item.hide();
      return;
    }
    void this.#draw();
    if (state.kind === 'at') {
      this.#timer = setInterval(() => {
        void this.#draw();
      }, this.#redrawMs);
    }
  }

  /** Credentials expire by S3's clock, which is ahead of this machine's by this much. */
  setClockOffset(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs;
    void this.#draw();
  }

  hide(): void {
    clearInterval(this.#timer);
    this.#shown = undefined;
    this.#clockOffsetMs = 0;
    this.#item.hide();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#shown = undefined;
    this.#item.dispose();
  }

  async #draw(): Promise<void> {
    const { describeCredentials } = await this.#load();
    // May have changed while loading.
    if (this.#shown === undefined) return;
    const { text, tooltip, command } = describeCredentials({
      ...this.#shown,
      clockOffsetMs: this.#clockOffsetMs,
    });
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.command = command;
    this.#item.show();
  }
}
