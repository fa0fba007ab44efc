import type { World } from './world.js';

/** A file in the Explorer. */
export function fileRow({ window }: World, name: string) {
  return window.page.getByRole('tree', { name: 'Files Explorer' }).getByText(name, { exact: true });
}

/** Opens the context menu of a file in the Explorer. */
export async function openFileMenu(world: World, name: string): Promise<void> {
  await world.window.openExplorer();
  await fileRow(world, name).click({ button: 'right' });
  await world.window.menuItem().first().waitFor();
}

/** The commands of the open menu. */
export async function menuItems({ window }: World): Promise<readonly string[]> {
  const labels = await window.menuItem().allInnerTexts();
  return labels.map((label) => label.split('\n')[0]?.trim() ?? '');
}
