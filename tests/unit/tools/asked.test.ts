import { expect, test } from 'vitest';
import { slugFault, slugProblem } from '../../../src/tools/asked.ts';

test('a slug without a paper is refused, with those that there are', () => {
  expect(slugProblem('npm run look', 'hopfeild', ['hopfield', 'noprop'])).toBe(
    'npm run look: found "hopfeild", expected one of hopfield, noprop; mend the slug, or make the paper with npm run new hopfeild.',
  );
  expect(slugProblem('npm run record', '--help', ['hopfield'])).toContain('npm run new <slug>.');
  expect(slugProblem('npm run look', 'hopfield', ['hopfield'])).toBeUndefined();
});

test.each(['my-paper', '2d-matryoshka', 'fit'])('%s is a slug', (slug) => {
  expect(slugFault(slug)).toBeUndefined();
});

test.each(['My_Paper', '../x', 'a--b', '-a', 'a b'])('%s is no slug', (slug) => {
  expect(slugFault(slug)).toBe(
    `found the slug "${slug}", expected small letters, digits and single hyphens, such as my-paper; choose another`,
  );
});
