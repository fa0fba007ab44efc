import assert from 'node:assert/strict';
import { itemKinds } from '../../src/ui/ids.js';
import { comparedValues, readManifest } from './support/manifest.js';

const { contributes } = readManifest();

describe('the menus of the manifest', () => {
  const { menus, submenus } = contributes;
  const shownIn = (menu: string, kind: string) =>
    (menus[menu] ?? []).filter(({ when = '', group = '' }) => {
      const kinds = comparedValues([when], 'viewItem');
      return !group.startsWith('inline') && (kinds.length === 0 || kinds.includes(kind));
    });

  it('have submenus with entries, each in one menu', () => {
    const used = Object.values(menus)
      .flat()
      .flatMap(({ submenu }) => submenu ?? []);
    assert.deepEqual(used.toSorted(), submenus.map(({ id }) => id).toSorted());
    for (const id of used) assert.notEqual(menus[id]?.length ?? 0, 0, id);
  });

  for (const kind of ['bucket', 'added', 'folder', 'object'] as const) {
    it(`fit on a small screen: rows of the kind ${kind}`, () => {
      const entries = shownIn('view/item/context', itemKinds[kind]);
      assert.ok(entries.length > 3 && entries.length <= 12, `${entries.length} entries`);
    });
  }
});
