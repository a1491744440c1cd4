/** The methods that a forecast joins, from its model's name such as `0.60 ets(A,N,A) + 0.40 theta`. */

export interface Member {
  /** Its name, such as `ets`. */
  name: string;
  /** Its weight, from 0 to 1. */
  weight: number;
}

/** The weightiest first; the same method in two forms counts as one. */
export function membersOf(model: string): Member[] {
  const weights = new Map<string, number>();
  for (const [, weight, name] of model.matchAll(/(?:^| \+ )(\d(?:\.\d+)?) ([a-z-]+)/g)) {
    if (name) weights.set(name, (weights.get(name) ?? 0) + Number(weight));
  }
  return [...weights].map(([name, weight]) => ({ name, weight })).sort((a, b) => b.weight - a.weight);
}
