import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const { devDependencies, dependencies, allowScripts } = read('package.json');
const { packages } = read('package-lock.json') as {
  packages: Record<
    string,
    { version: string; integrity?: string; hasInstallScript?: boolean; link?: boolean }
  >;
};

test('every package is pinned to one version, which is the one installed', () => {
  for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(packages[`node_modules/${name}`].version, name).toBe(version);
  }
});

test('every package is held to its bytes', () => {
  const loose = Object.entries(packages).filter(
    ([place, { integrity, link }]) => place && !link && !integrity,
  );
  expect(loose.map(([place]) => place)).toEqual([]);
});

test('no package runs a script when it is installed but those that are listed', () => {
  const scripts = Object.entries(packages).flatMap(([place, { hasInstallScript }]) =>
    hasInstallScript ? [place.replace(/^.*node_modules\//, '')] : [],
  );
  expect(scripts.filter((name) => !(name in allowScripts))).toEqual([]);
});
