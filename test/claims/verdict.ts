/** What a claim turns out to be: it holds, it fails, or it fails as one of the report's own contradictions has it. */
export type Verdict = 'holds' | 'fails' | `X${number}`;

/** Works out, from data, what becomes of a claim. */
export type Judgements = Readonly<Record<string, () => Verdict | Promise<Verdict>>>;

export const holds = (claim: boolean): Verdict => (claim ? 'holds' : 'fails');

/** A claim that fails as printed while the reading that is taken in its place is borne out. */
export const contradicted = (number: `X${number}`, { claim, instead }: { claim: boolean; instead: boolean }): Verdict => (claim ? 'holds' : instead ? number : 'fails');
