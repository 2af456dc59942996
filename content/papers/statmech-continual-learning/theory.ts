// No networks, only a few integrals. The mean over a normal
// number z is a sum over a grid from −6 to 6.
const grid = Array.from({ length: 61 }, (_, i) => (i - 30) / 5);
const G = (u: number) =>
  Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);
const average = (f: (z: number) => number) =>
  grid.reduce((sum, z) => sum + (G(z) / 5) * f(z), 0);

/** h(u) = G(u)/H(u) = u + 1/(u + 2/(u + 3/(u + …))), u ≥ 0. */
function fraction(u: number) {
  let h = u / 2 + Math.sqrt(20.5 + (u * u) / 4);
  for (let k = 20; k > 0; k--) h = u + k / h;
  return h;
}
export const H = (u: number) =>
  u < 0 ? 1 - G(u) / fraction(-u) : G(u) / fraction(u);
export const hazard = (u: number) =>
  u < 0 ? G(u) / H(u) : fraction(u);

/** m̂ and q̂ of a task, formula (11), from Q and its overlap R. */
function signals(alpha: number, Q: number, R: number) {
  const V = Math.max(1 - Q, 1e-9);
  const teacher = Math.sqrt(Math.max(1 - (R * R) / Q, 1e-9));
  const g = (w: number) => hazard(-w / Math.sqrt(V)) / Math.sqrt(V);
  const of = (z: number) => [
    z * Math.sqrt(Q),
    (z * R) / Math.sqrt(Q),
  ];
  const m = average((z) => {
    const [w, own] = of(z);
    return (G(own / teacher) / teacher) * g(w);
  });
  const q = average((z) => {
    const [w, own] = of(z);
    return H(-own / teacher) * g(w) ** 2;
  });
  return [2 * alpha * m, 2 * alpha * q];
}

/** Q, R₁ and R₂, formula (10); `same`: the chance of W⁽¹⁾ = W⁽²⁾. */
function order(m1: number, m2: number, q: number, same: number) {
  const weight = (sign: number) => (z: number) =>
    Math.tanh(m1 + sign * m2 + Math.sqrt(q) * z);
  const both = [1, -1].map((sign) => {
    const m = weight(sign);
    return [average(m), average((z) => m(z) ** 2)];
  });
  const [[mean, square], [mean2, square2]] = both;
  return {
    Q: same * square + (1 - same) * square2,
    R1: same * mean + (1 - same) * mean2,
    R2: same * mean - (1 - same) * mean2,
  };
}
const half = (a: number[], b: number[]) =>
  a.map((value, i) => (value + b[i]) / 2);
const errorOf = (R: number, Q: number) =>
  Math.acos(Math.min(1, R / Math.sqrt(Q))) / Math.PI;

/** Errors on both tasks after the first and after the second. */
export function predict(alpha1: number, alpha2 = 0, overlap = 0) {
  const same = (1 + overlap) / 2;
  let [m1, q1] = [0.1, 0.1];
  let now = order(m1, 0, q1, same);
  for (let i = 0; i < 200; i++) {
    [m1, q1] = half([m1, q1], signals(alpha1, now.Q, now.R1));
    now = order(m1, 0, q1, same);
  }
  const errors = () =>
    [now.R1, now.R2].map((R) => errorOf(R, now.Q));
  const first = errors();
  let [m2, q2] = [0, 0];
  for (let i = 0; i < 200 && alpha2 > 0; i++) {
    [m2, q2] = half([m2, q2], signals(alpha2, now.Q, now.R2));
    now = order(m1, m2, q1 + q2, same);
  }
  return { first, second: errors(), m2, q2 };
}
