/** Something for each item of many files, without a key of its own for each: a whole study has 7,392 of them a run. */
export class ItemMap<T> {
  private readonly scenarios = new Map<string, Map<string, T>>();

  get(file: string, scenario: string, value: string): T | undefined {
    return this.scenarios.get(nameScenario(file, scenario))?.get(value);
  }

  set(file: string, scenario: string, value: string, entry: T): void {
    const name = nameScenario(file, scenario);
    const items = this.scenarios.get(name);
    if (items) items.set(value, entry);
    else this.scenarios.set(name, new Map([[value, entry]]));
  }
}

function nameScenario(file: string, scenario: string): string {
  return JSON.stringify([file, scenario]);
}
