import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../host/paths.js';

interface MenuItem {
  /** Absent for a submenu. */
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly type?: string;
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: {
    readonly properties: {
      readonly kind: { readonly enum: readonly string[] };
      readonly form: { readonly properties: object };
    };
  };
}

/** The parts of package.json that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly displayName: string;
  readonly version: string;
  readonly license: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly type: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly icon?: string;
    }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly name: string; readonly icon: string }[]>
    >;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly title: string; readonly icon: string }[];
    };
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when: string;
      readonly contents: string;
    }[];
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly image: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

/** The text of a file of the project. */
export function projectText(path: string): string {
  return readFileSync(join(repositoryRoot(), path), 'utf8');
}

export function readManifest(): Manifest {
  return JSON.parse(projectText('package.json')) as Manifest;
}

/** The strings behind the `%key%`s of package.json. */
export function readStrings(): Readonly<Record<string, string>> {
  return JSON.parse(projectText('package.nls.json')) as Record<string, string>;
}

/** All `when` clauses. */
export function whenClauses({ contributes }: Manifest): readonly string[] {
  const items = [
    ...Object.values(contributes.menus).flat(),
    ...contributes.viewsWelcome,
    ...(contributes.keybindings ?? []),
  ];
  return items.flatMap(({ when }) => (when === undefined ? [] : [when]));
}

/** The values that the clauses compare a key with: `key == value` and `key =~ /^(one|other)$/`. */
export function comparedValues(clauses: readonly string[], key: string): readonly string[] {
  const dotted = key.replaceAll('.', '\\.');
  const comparison = new RegExp(
    `\\b${dotted}\\s*(?:[!=]=\\s*'?(\\w+)'?|=~\\s*/\\^\\(?([\\w|]+)\\)?\\$/)`,
    'g',
  );
  const values = clauses.flatMap((clause) =>
    [...clause.matchAll(comparison)].flatMap(([, one, several]) => one ?? several?.split('|') ?? []),
  );
  return [...new Set(values)];
}

/** Whether a clause leaves it to the reader which of `&&` and `||` binds tighter. */
export function isAmbiguous(clause: string): boolean {
  // Regular expressions may contain the same characters.
  let rest = clause.replace(/\/(?:\\.|[^/\\])+\//g, 'pattern');
  for (;;) {
    const inner = /\(([^()]*)\)/.exec(rest);
    const part = inner?.[1] ?? rest;
    if (part.includes('&&') && part.includes('||')) return true;
    if (inner === null) return false;
    rest = rest.replace(inner[0], 'group');
  }
}
