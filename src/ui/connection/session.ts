import { EventEmitter, type Disposable } from 'vscode';
import type { ConnectOptions } from '../../core/connection/connect.js';
import type { FilesWatch, watchAwsFiles } from '../../core/connection/profiles/awsFilesWatch.js';
import type { Connection } from '../../core/connection/connection.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import type { defaultSource } from '../../core/connection/profiles/defaultSource.js';
import { MessageError, type Remedy } from '../../core/failures/message.js';
import type { Connections } from './connections.js';
import type { Memory } from '../memory.js';
import type { hasSources, openConnection } from './openConnection.js';
import { sourceLabel } from './sourceNames.js';
import { completeStep } from '../walkthrough.js';

/** A connection is needed and none is selected; `hasProfiles` says whether there is one to select. */
export class NoSourceError extends MessageError {
  override readonly name = 'NoSourceError';
  override readonly remedy: Remedy;

  constructor(readonly hasProfiles: boolean) {
    super({ text: 'No AWS profile is selected.' });
    this.remedy = hasProfiles ? 'selectProfile' : 'openAwsConfig';
  }
}

class SourceChangedError extends MessageError {
  override readonly name = 'SourceChangedError';
  override readonly remedy = 'selectProfile';
  constructor() {
    super({ text: 'Nothing was done, because the selected profile changed.' });
  }
}

/** Loaded when a source or a connection is first needed. */
export interface SessionParts {
  readonly defaultSource: typeof defaultSource;
  readonly watchAwsFiles: typeof watchAwsFiles;
  readonly hasSources: typeof hasSources;
  readonly openConnection: typeof openConnection;
}

export interface SessionOptions extends ConnectOptions {
  readonly memory: Memory;
  readonly connections: Connections;
  readonly load: () => Promise<SessionParts>;
  /** Called before anything is sent. Rejects if an endpoint must not be reached without encryption. */
  readonly allowEndpoints: (connection: Connection) => Promise<void>;
}

/** The selected source and its connection, which is opened when first needed. */
export class Session implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #connection: Promise<Connection> | undefined;
  /** The same, once it is open. */
  #opened: Connection | undefined;
  #chosen: ConnectionSource | undefined;
  /** Watches the AWS files while there is a connection or after one was tried. */
  #watch: FilesWatch | undefined;
  #label = '';
  /** Identifies the current source; changes with every selection. */
  #sourceId = '';
  #sourceChanges = 0;
  /** Counts closed connections: what an old one still reports is ignored. */
  #epoch = 0;
  /** Fires after the source changed or when its settings have to be read again. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: SessionOptions) {
    // Read once: what another window selects later does not affect this window.
    this.#chosen = options.memory.source;
  }

  /** The source's name in sentences, once it is known. */
  get label(): string {
    return this.#label;
  }

  /** Identifies the source in stored state, once it is known. */
  get sourceId(): string {
    return this.#sourceId;
  }

  /** Counts changes from one source to another, by the user or in the AWS files. */
  get sourceChanges(): number {
    return this.#sourceChanges;
  }

  /** Changes when the connection is closed, which cuts off work in progress. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The connection, if it is already open. */
  get opened(): Connection | undefined {
    return this.#opened;
  }

  /** Whether a connection added in the editor is selected, rather than a profile. */
  get usesConnection(): boolean {
    return this.#chosen?.kind === 'connection';
  }

  /** The selected source, else the one that the AWS CLI would use, else undefined. */
  async source(): Promise<ConnectionSource | undefined> {
    if (this.#chosen !== undefined) return this.#chosen;
    const { defaultSource } = await this.options.load();
    return defaultSource(this.options.env);
  }

  /**
   * @throws NoSourceError, UnknownProfileError, UnknownConnectionError, MissingKeysError, EndpointError, CaBundleError,
   * ClearTextError
   */
  connection(): Promise<Connection> {
    this.#connection ??= this.#openOnce();
    return this.#connection;
  }

  /** Binds a button's later action to a source, by default the current one. */
  bindToSource(work: () => Promise<void>, sourceId = this.#sourceId): () => Promise<void> {
    return async () => {
      // Opened first if it was closed: the AWS files may name another source by then.
      if (sourceId !== '' && sourceId === this.#sourceId) await this.connection();
      if (sourceId !== this.#sourceId) throw new SourceChangedError();
      await work();
    };
  }

  async select(source: ConnectionSource): Promise<void> {
    const id = formatSource(source);
    if (id !== this.#sourceId) this.#sourceChanges += 1;
    this.#chosen = source;
    this.#sourceId = id;
    // Before the first await: nothing may be signed with one source in the name of another.
    this.reload();
    await this.options.memory.setSource(source);
    completeStep('chooseSource');
  }

  /** Forgets a source. If it is the selected one, goes back to what the AWS CLI would use. */
  async forget(source: ConnectionSource): Promise<void> {
    const id = formatSource(source);
    const isChosen = this.#chosen !== undefined && formatSource(this.#chosen) === id;
    await this.options.memory.forgetSource(id);
    if (!isChosen) return;
    this.#sourceChanges += 1;
    this.#chosen = undefined;
    this.#sourceId = '';
    this.reload();
  }

  /** Forgets the connection and everything it learnt; the AWS files are read again. */
  reload(): void {
    this.#close();
    this.#changed.fire();
  }

  dispose(): void {
    this.#close();
    this.#changed.dispose();
  }

  /** A failure is not kept: the next call tries again. */
  #openOnce(): Promise<Connection> {
    const opening = this.#open();
    opening.catch(() => {
      if (this.#connection === opening) this.#connection = undefined;
    });
    return opening;
  }

  async #open(): Promise<Connection> {
    const epoch = this.#epoch;
    const source = await this.source();
    const { hasSources, openConnection, watchAwsFiles } = await this.options.load();
    if (epoch !== this.#epoch) return this.#current(source);
    const { connections, env } = this.options;
    // Not earlier: if the user never opens the view or runs a command, there is no need to check files every
    // second.
    this.#watch?.dispose();
    this.#watch = watchAwsFiles({ source: () => this.source(), env }, () => {
      if (epoch === this.#epoch) this.reload();
    });
    if (source === undefined) throw new NoSourceError(await hasSources(connections));
    const id = formatSource(source);
    // The AWS files name another profile, or the environment has other keys.
    if (this.#sourceId !== '' && this.#sourceId !== id) this.#sourceChanges += 1;
    this.#sourceId = id;
    this.#label = sourceLabel(source, connections);
    const connection = await openConnection(source, { ...this.options, ...this.#liveListeners(epoch) });
    try {
      if (epoch === this.#epoch) await this.options.allowEndpoints(connection);
      if (epoch !== this.#epoch) return await this.#current(source);
      this.#opened = connection;
    } finally {
      if (this.#opened !== connection) connection.dispose();
    }
    return connection;
  }

  /** Replaces a connection that was requested before its settings had to be read again. */
  async #current(source: ConnectionSource | undefined): Promise<Connection> {
    const current = await this.source();
    const isSame =
      source !== undefined && current !== undefined && formatSource(source) === formatSource(current);
    if (!isSame) throw new SourceChangedError();
    return this.connection();
  }

  #liveListeners(epoch: number): Pick<ConnectOptions, 'onCredentials' | 'onClockChange'> {
    return {
      onCredentials: (state) => {
        if (epoch === this.#epoch) this.options.onCredentials?.(state);
      },
      onClockChange: (offsetMs) => {
        if (epoch === this.#epoch) this.options.onClockChange?.(offsetMs);
      },
    };
  }

  #close(): void {
    this.#epoch += 1;
    this.#watch?.dispose();
    this.#opened?.dispose();
    this.#opened = undefined;
    this.#connection = undefined;
  }
}
