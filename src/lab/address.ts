/** A name as an address: "Bits wrong, β = 8" → "bits-wrong-8". Never empty. */
export function addressOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain.slice(0, 60).replace(/-$/, '') || 'output';
}
