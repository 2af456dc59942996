import { statSync } from 'node:fs';
import { fashionMnist } from './fashion-mnist.ts';
import { pathOf, writeFile, writeSources } from './files.ts';
import { karate } from './karate.ts';
import { miserables } from './miserables.ts';
import { mnist } from './mnist.ts';
import type { Recipe } from './recipe.ts';
import { sotu } from './sotu.ts';
import { words } from './words.ts';

const recipes = [mnist, fashionMnist, words, sotu, karate, miserables];

async function make(recipe: Recipe): Promise<void> {
  for (const [name, file] of Object.entries(await recipe.make())) {
    writeFile(name, file);
    console.log(`${pathOf(name)}: ${statSync(pathOf(name)).size} bytes`);
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !recipes.some((recipe) => recipe.name === name));
if (unknown.length) {
  console.error(
    `No recipe named ${unknown.join(', ')}. There are: ${recipes.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}
for (const recipe of recipes) if (!asked.length || asked.includes(recipe.name)) await make(recipe);
writeSources(recipes);
