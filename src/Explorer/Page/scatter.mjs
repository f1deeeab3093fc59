/** A number from 0 to 1 that depends on nothing but the id: spreads points that would lie on each other. */
export function scatter(id) {
  let hash = Math.imul(id + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
