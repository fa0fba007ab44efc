/** Variables that would lead tests to a developer's account, through a proxy, or into the editor they were started from. */
export function isForeignVariable(name: string): boolean {
  return /^(AWS_.*|https?_proxy|all_proxy|no_proxy|VSCODE_(?!PATH$).*|ELECTRON_.*)$/i.test(name);
}
