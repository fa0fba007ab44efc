import { randomBytes } from 'node:crypto';
import type { ServerObject } from './store.js';

/** One state of a key in a bucket with versions: an object or a delete marker. */
export interface Version {
  readonly versionId: string;
  /** Absent for a delete marker. */
  readonly object: ServerObject | undefined;
  readonly lastModified: Date;
}

/** The versions of a bucket. Objects from before versioning have the version ID `null`. */
export class Versions {
  /** Newest first. */
  private readonly byKey = new Map<string, Version[]>();

  constructor(objects: ReadonlyMap<string, ServerObject>) {
    for (const [key, object] of objects)
      this.byKey.set(key, [{ versionId: 'null', object, lastModified: object.lastModified }]);
  }

  add(key: string, version: Omit<Version, 'versionId'>): string {
    const versionId = randomBytes(24).toString('base64url');
    this.byKey.set(key, [{ ...version, versionId }, ...this.of(key)]);
    return versionId;
  }

  /** Removes one version permanently and returns the newest remaining one. */
  remove(key: string, versionId: string): ServerObject | undefined {
    const left = this.of(key).filter((version) => version.versionId !== versionId);
    if (left.length === 0) this.byKey.delete(key);
    else this.byKey.set(key, left);
    return left[0]?.object;
  }

  find(key: string, versionId: string): Version | undefined {
    return this.of(key).find((version) => version.versionId === versionId);
  }

  of(key: string): readonly Version[] {
    return this.byKey.get(key) ?? [];
  }

  keys(): readonly string[] {
    return [...this.byKey.keys()];
  }
}
