/** Finding one's way in the tree of categories. */
import type { CategoryNode } from '@vitrine/storefront';

/** The nodes along a path of keys, from the root; `undefined` where the path leads nowhere. */
export function nodesAlong(tree: readonly CategoryNode[], path: readonly string[]): CategoryNode[] | undefined {
  const nodes: CategoryNode[] = [];
  let level = tree;
  for (const key of path) {
    const node = level.find((candidate) => candidate.key === key);
    if (!node) return undefined;
    nodes.push(node);
    level = node.children;
  }
  return nodes;
}
