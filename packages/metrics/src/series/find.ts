/** Finds the series of attributes that were recorded before. */
import type { Cell } from './cells.ts';
import type { GivenAttributes } from './series.ts';

/** Values of one attribute, and below each those of the next one. The last level has the series. */
export interface Branch {
  cell: Cell | undefined;
  next: Map<unknown, Branch> | undefined;
}

/** Finds the series of some attributes, or `undefined` if they were not recorded in this spelling. */
export type Find = (given: GivenAttributes) => Cell | undefined;

/** Number of lookups after which code is generated for an instrument. */
const HOT = 1000;

/**
 * Finds series by the values of these attributes. Reading properties by constant names takes half of the time, so an
 * instrument that is often used gets a generated function, unless the process forbids code generation.
 */
export function createFind(attributes: readonly string[], root: Branch): Find {
  let lookups = 0;
  let find: Find = (given) => {
    lookups += 1;
    if (lookups === HOT)
      find = generated(attributes, root) ?? ((one) => walk(attributes, root, one));
    return walk(attributes, root, given);
  };
  return (given) => find(given);
}

function walk(
  attributes: readonly string[],
  root: Branch,
  given: GivenAttributes,
): Cell | undefined {
  let branch: Branch | undefined = root;
  for (const attribute of attributes) {
    branch = branch.next?.get(given[attribute]);
    if (branch === undefined) return undefined;
  }
  return branch.cell;
}

/** The same function with the names of the attributes, which are those of a checked catalogue, as constants. */
function generated(attributes: readonly string[], root: Branch): Find | undefined {
  const levels = attributes.map((name) => `.next?.get(given[${JSON.stringify(name)}])`);
  try {
    return new Function('root', `return (given) => root${levels.join('?')}?.cell`)(root);
  } catch {
    return undefined;
  }
}
