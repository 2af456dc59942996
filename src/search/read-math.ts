import { accented, letter, type MathNode, mark, row, upright } from './math-node.ts';
import { accents, functions, letters, marks, operators, plainly, typed } from './math-signs.ts';

/** Commands whose argument is set in another style and is else itself. */
const styles =
  /^(math(bf|it|sf|tt|cal|scr|frak|bb|rm)|boldsymbol|bm|mathop|mathbin|mathrel|mathord|substack|mathstrut|operatorname\*?|text(rm|it|bf|sf)?|mbox|hbox|underbrace|overbrace|underline|boxed|smash|htmlData|sym|color|pmb)$/;
const wordy = /^(mathrm|operatorname\*?|text(rm|it|bf|sf)?|mbox|hbox|mathsf|mathtt)$/;
const sized = /^([bB]igg?[lrm]?|left|right|middle)$/;
const wide = /^(quad|qquad)$/;
/** Environments that stand in brackets. */
const fences: Record<string, string> = {
  pmatrix: '()',
  bmatrix: '[]',
  vmatrix: '||',
  Bmatrix: '{}',
  cases: '{',
};
const silent =
  /^([,;:! ]|quad|qquad|limits|nolimits|displaystyle|textstyle|scriptstyle|tag|nonumber|hline|phantom|hfill|thinspace|nobreak)$/;

/**
 * Reads a formula in TeX or as one types it: softmax(QK^T/sqrt(d))V. Nothing typed is refused: what has no meaning in a
 * formula is passed over, and an argument that is missing is empty.
 */
export function readMath(text: string, known: Iterable<string> = []): MathNode[] {
  const plain = !/\\[A-Za-z]/.test(text);
  return new Reader(plainly(text), plain, new Set([...functions, ...known])).rest();
}

class Reader {
  private readonly text: string;
  private readonly plain: boolean;
  private readonly known: Set<string>;
  private at = 0;

  constructor(text: string, plain: boolean, known: Set<string>) {
    this.text = text;
    this.plain = plain;
    this.known = known;
  }

  /** All that is left. */
  rest(): MathNode[] {
    const items: MathNode[] = [];
    while (this.at < this.text.length) {
      if (this.text[this.at] === '}') this.at++;
      else items.push(...this.until('}'));
    }
    return items;
  }

  /** Items up to a closing brace, which is left to the caller. */
  private until(close: string): MathNode[] {
    const items: MathNode[] = [];
    while (this.at < this.text.length && this.text[this.at] !== close) {
      const sign = this.text[this.at];
      if (sign === '^' || sign === '_') this.script(items);
      else if (sign === "'" || sign === '′') this.prime(items);
      else items.push(...this.next());
    }
    return items;
  }

  private script(items: MathNode[]): void {
    const up = this.text[this.at++] === '^';
    const base = items.pop() ?? row([]);
    const index = this.argument();
    const old = base.kind === 'script' ? base : { kind: 'script' as const, base };
    const joined = up && old.sup ? row([old.sup, index]) : index;
    items.push(up ? { ...old, sup: joined } : { ...old, sub: index });
  }

  private prime(items: MathNode[]): void {
    this.at++;
    const base = items.pop() ?? row([]);
    const old = base.kind === 'script' ? base : { kind: 'script' as const, base };
    items.push({ ...old, sup: row([...(old.sup ? [old.sup] : []), mark('′')]) });
  }

  /** What a command or a raised place takes: a group, a command, or the next sign; where one types, a whole word or number. */
  private argument(): MathNode {
    this.space();
    const sign = this.text[this.at];
    if (sign === undefined || sign === '}') return row([]);
    if (sign === '{') return this.group();
    if (sign === '\\') return row(this.next());
    if (this.plain && sign === '(') return this.bracketed();
    if (this.plain && sign === '-') return row([...this.single(), this.argument()]);
    if (this.plain && /[A-Za-z]/.test(sign)) return this.index();
    return row(this.plain ? this.next() : this.single());
  }

  /** Where one types, d_ff has two letters below and S_wS_x one each time. */
  private index(): MathNode {
    const run = /[A-Za-z]+/y;
    run.lastIndex = this.at;
    const word = run.exec(this.text)![0];
    if (this.isName(word) || word in letters || word === 'sqrt') return row(this.letters());
    const isScripted = /[_^]/.test(this.text[this.at + word.length] ?? '');
    const length =
      /^.[a-z]*$/.test(word) && !(isScripted && word.length === 2)
        ? word.length - Number(isScripted && word.length > 1)
        : 1;
    this.at += length;
    return row([...word.slice(0, length)].map(letter));
  }

  private group(): MathNode {
    this.at++;
    const items = this.until('}');
    this.at++;
    return row(items);
  }

  /** Where one types, x^(i) and e^(a+b) have round brackets for braces. */
  private bracketed(): MathNode {
    let depth = 0;
    const from = this.at;
    while (this.at < this.text.length) {
      if (this.text[this.at] === '(') depth++;
      if (this.text[this.at++] === ')' && --depth === 0) break;
    }
    const inner = this.text.slice(from + 1, depth === 0 ? this.at - 1 : this.at);
    return row(new Reader(inner, true, this.known).rest());
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private single(): MathNode[] {
    return this.sign(this.text[this.at++]);
  }

  private next(): MathNode[] {
    const sign = this.text[this.at];
    if (sign === '\\') return this.command();
    if (sign === '{') return [this.group()];
    if (/\d/.test(sign)) return [{ kind: 'number', text: this.take(/\d+(\.\d+)?/y) }];
    if (/[A-Za-z]/.test(sign)) return this.letters();
    const two = typed.find(([keys]) => this.text.startsWith(keys, this.at));
    if (!two || !this.plain) return this.single();
    this.at += two[0].length;
    return [mark(two[1])];
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)![0];
    this.at += found.length;
    return found;
  }

  private sign(sign: string): MathNode[] {
    if (/\s|&|[$~`"]/.test(sign) && !(this.plain && sign === '~')) return [];
    if (/\d/.test(sign)) return [{ kind: 'number', text: sign }];
    return [/\p{L}/u.test(sign) ? letter(sign) : mark(sign)];
  }

  /** A run of letters: a name that is known, a Greek letter, or letters that stand for themselves. */
  private letters(): MathNode[] {
    const run = this.take(/[A-Za-z]+/y);
    if (run.length > 1 && this.isName(run)) return [{ kind: 'name', text: run }];
    if (run.length === 1) return [this.expectation(run)];
    if (!this.plain) return this.split(run) ?? [...run].map(letter);
    if (run in letters) return [letter(letters[run])];
    if (run === 'sqrt') return [{ kind: 'root', of: this.argument() }];
    if (run in operators || run === 'inf') return [{ kind: 'name', text: run }];
    if (/^[a-z]{4,}$/.test(run)) return [{ kind: 'name', text: run }];
    return this.split(run) ?? [...run].map(letter);
  }

  private isName(run: string): boolean {
    return this.known.has(run) || (run.length > 2 && this.known.has(run.toLowerCase()));
  }

  /** A name with letters before or behind it: softmaxQK is a name and two letters. */
  private split(run: string): MathNode[] | undefined {
    for (let length = run.length - 1; length > 3; length--)
      for (let from = 0; from + length <= run.length; from++) {
        const part = run.slice(from, from + length);
        if (!this.known.has(part)) continue;
        const around = (s: string) => [...s].map(letter);
        return [
          ...around(run.slice(0, from)),
          { kind: 'name', text: part },
          ...around(run.slice(from + length)),
        ];
      }
    return undefined;
  }

  /** E[…] is an expectation; where one types, E||…|| is, too. */
  private expectation(run: string): MathNode {
    const opens =
      run === 'E' && (this.plain ? /^\s*(\[|\|\|)/ : /^\s*\[/).test(this.text.slice(this.at, this.at + 4));
    return opens ? { kind: 'name', text: 'E' } : letter(run);
  }

  private command(): MathNode[] {
    const name = this.take(/\\(operatorname\*|[A-Za-z]+|[\s\S]|$)/y).slice(1);
    if (name === '\\' || wide.test(name)) return this.newLine();
    if (name === 'begin' || name === 'end') return this.environment(name);
    if (name === 'tag' || name === 'phantom' || name === 'label') return this.skipped();
    if (silent.test(name)) return [];
    if (sized.test(name)) return this.delimiter();
    return this.meaning(name);
  }

  private newLine(): MathNode[] {
    if (this.text[this.at] === '[') this.at = Math.max(this.at, this.text.indexOf(']', this.at) + 1);
    return [{ kind: 'break' }];
  }

  private environment(name: string): MathNode[] {
    const which = this.raw();
    if (name === 'begin' && /^(array|aligned?at|tabular)/.test(which)) this.raw();
    const around = fences[which]?.[name === 'begin' ? 0 : 1];
    const fence = around ? [mark(around)] : [];
    return name === 'begin' ? [...fence, { kind: 'break' }] : [{ kind: 'break' }, ...fence];
  }

  private skipped(): MathNode[] {
    this.raw();
    return [];
  }

  private delimiter(): MathNode[] {
    this.space();
    if (this.text[this.at] === '.') {
      this.at++;
      return [];
    }
    return this.text[this.at] === undefined ? [] : this.next();
  }

  private meaning(name: string): MathNode[] {
    if (/^[dt]?frac$|^cfrac$/.test(name))
      return [{ kind: 'fraction', over: this.argument(), under: this.argument() }];
    if (/^[dt]?binom$/.test(name)) return [this.argument(), this.argument()];
    if (name === 'sqrt') return this.root();
    if (name in accents) return [accented(accents[name], this.argument())];
    if (wordy.test(name)) return [upright(this.raw())];
    if (name === 'mathbb') return [this.blackboard()];
    if (styles.test(name)) return this.styled(name);
    if (name in operators) return [{ kind: 'name', text: name }];
    if (name in letters) return [letter(letters[name])];
    if (name in marks) return [mark(marks[name])];
    if (name === 'not') return [mark(`not${row(this.next()).kind}`)];
    return /^[A-Za-z]+$/.test(name) ? [{ kind: 'name', text: name }] : [];
  }

  private root(): MathNode[] {
    this.space();
    if (this.text[this.at] === '[') this.at = this.text.indexOf(']', this.at) + 1 || this.text.length;
    return [{ kind: 'root', of: this.argument() }];
  }

  private blackboard(): MathNode {
    const of = this.argument();
    if (of.kind !== 'letter') return of;
    return of.text === 'E' ? { kind: 'name', text: 'E' } : of;
  }

  private styled(name: string): MathNode[] {
    if (name === 'sym' || name === 'htmlData' || name === 'color') this.raw();
    const of = this.argument();
    if (/brace$/.test(name)) this.note();
    return of.kind === 'row' ? of.items : [of];
  }

  /** The words at a brace are a note, no index. */
  private note(): void {
    this.space();
    if (!/[_^]/.test(this.text[this.at] ?? '')) return;
    this.at++;
    this.raw();
  }

  /** A group as it is written, or one sign. */
  private raw(): string {
    this.space();
    if (this.text[this.at] !== '{') return this.text[this.at++] ?? '';
    const from = ++this.at;
    for (let depth = 1; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === '{') depth++;
      else if (this.text[this.at] === '}' && --depth === 0) return this.text.slice(from, this.at++);
    }
    return this.text.slice(from);
  }
}
