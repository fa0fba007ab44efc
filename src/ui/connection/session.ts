import { EventEmitter, type Disposable } from 'vscode';
import type { ConnectOptions } from '../../core/connection/connect.js';
import type { FilesWatch, watchAwsFiles } from '../../core/connection/profiles/awsFilesWatch.js';
import type { Connection } from '../../core/connection/connection.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import type { usualSource } from '../../core/connection/profiles/usualSource.js';
import { MessageError, type Remedy } from '../../core/failures/message.js';
import type { Connections } from './connections.js';
import type { Memory } from '../memory.js';
import type { hasSources, openConnection } from './openConnection.js';
import { sourceLabel } from './sourceNames.js';

/** Raised where a connection is needed and none is chosen; `hasProfiles` tells whether there is one to choose. */
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
    super({ text: 'Nothing was done, because another profile was selected.' });
  }
}

/** What is loaded when a source or a connection is first needed. */
export interface SessionParts {
  readonly usualSource: typeof usualSource;
  readonly watchAwsFiles: typeof watchAwsFiles;
  readonly hasSources: typeof hasSources;
  readonly openConnection: typeof openConnection;
}

export interface SessionOptions extends ConnectOptions {
  readonly memory: Memory;
  readonly connections: Connections;
  readonly load: () => Promise<SessionParts>;
  /** Asked before anything is sent. Rejects where an endpoint is not to be reached without encryption. */
  readonly allowEndpoints: (connection: Connection) => Promise<void>;
}

/** Who signs at this moment: the chosen source and its connection, opened when first needed. */
export class Session implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #connection: Promise<Connection> | undefined;
  /** The same, once it is open. */
  #opened: Connection | undefined;
  #chosen: ConnectionSource | undefined;
  /** Of the AWS files, for as long as there is a connection or one was tried. */
  #watch: FilesWatch | undefined;
  #label = '';
  /** Names the source of this moment; changes with every selection. */
  #sourceId = '';
  /** Counts the connections that were closed: what an old one still tells is no news. */
  #epoch = 0;
  /** Raised after the source changed or its settings are to be read again. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: SessionOptions) {
    // Looked up once: what another window chooses later is not this window's business.
    this.#chosen = options.memory.source;
  }

  /** How the source is called in sentences, once it is known. */
  get label(): string {
    return this.#label;
  }

  /** Names the source in stored state, once it is known. */
  get sourceId(): string {
    return this.#sourceId;
  }

  /** Another number after the connection was closed: work that was under way then was cut off. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The connection, where it is open already. */
  get opened(): Connection | undefined {
    return this.#opened;
  }

  /** Whether a connection was chosen that was added in the editor, and no profile. */
  get usesConnection(): boolean {
    return this.#chosen?.kind === 'connection';
  }

  /** The chosen source, else what the AWS CLI would take, else undefined. */
  async source(): Promise<ConnectionSource | undefined> {
    if (this.#chosen !== undefined) return this.#chosen;
    const { usualSource } = await this.options.load();
    return usualSource(this.options.env);
  }

  /**
   * @throws NoSourceError, UnknownProfileError, UnknownConnectionError, MissingKeysError, EndpointError, CaBundleError,
   * ClearTextError
   */
  connection(): Promise<Connection> {
    this.#connection ??= this.#openOnce();
    return this.#connection;
  }

  /** Binds what a button does later to a source, by default that of this moment. */
  bound(work: () => Promise<void>, sourceId = this.#sourceId): () => Promise<void> {
    return () => (sourceId === this.#sourceId ? work() : Promise.reject(new SourceChangedError()));
  }

  async select(source: ConnectionSource): Promise<void> {
    this.#chosen = source;
    this.#sourceId = formatSource(source);
    // Before anything is waited for: nothing may be signed by the one source in the name of the other.
    this.reload();
    await this.options.memory.setSource(source);
  }

  /** Goes back to what the AWS CLI would take, where the source is the one that is chosen. */
  async forget(source: ConnectionSource): Promise<void> {
    const id = formatSource(source);
    const isChosen = this.#chosen !== undefined && formatSource(this.#chosen) === id;
    await this.options.memory.forgetSource(id);
    if (!isChosen) return;
    this.#chosen = undefined;
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

  /** A failure is not kept: whoever asks again gets another try. */
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
    // Not before: who never opens the view or runs a command needs nobody to look at files every second.
    this.#watch?.dispose();
    this.#watch = watchAwsFiles({ source: () => this.source(), env }, () => {
      if (epoch === this.#epoch) this.reload();
    });
    if (source === undefined) throw new NoSourceError(await hasSources(connections));
    this.#sourceId = formatSource(source);
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

  /** What takes the place of a connection that was asked for before its settings were to be read again. */
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
