import { describe, expect, it } from 'vitest';
import { inWords, type Catalogue, type Message, type MessageCode } from '../../src/messages/catalogue.ts';
import { en } from '../../src/messages/en.ts';
import { nb } from '../../src/messages/nb.ts';
import { nn } from '../../src/messages/nn.ts';
import { sampledCodes, type ArgumentSamples } from '../support/message-types.ts';
import { sourceFiles } from '../support/source-files.ts';
import { sampledTypes } from './sampled-types.ts';

const languages: Readonly<Record<'en' | 'nb' | 'nn', Catalogue>> = { en, nb, nn };
const sampled = sampledCodes(sampledTypes);
const codes = Object.keys(en) as MessageCode[];

type Args = Readonly<Record<string, unknown>>;

/** Arguments with the k-th sample of each. */
const argsAt = (samples: ArgumentSamples, k: number): Args => Object.fromEntries([...samples].map(([name, of]) => [name, of[k % of.length]]));

/** As many as it takes for every sample of every argument to be in one. */
function argsOf(code: MessageCode): Args[] {
  const samples = sampled.get(code)!;
  return Array.from({ length: Math.max(2, ...[...samples.values()].map(({ length }) => length)) }, (_, k) => argsAt(samples, k));
}

const sentence = (catalogue: Catalogue, code: MessageCode, args: Args): string => inWords(catalogue, { code, args } as unknown as Message);

/** Codes of a language with a sentence that a check objects to, and the sentence. */
function objections(language: keyof typeof languages, check: (text: string, code: MessageCode) => boolean): string[] {
  return codes.flatMap((code) => {
    const bad = argsOf(code).map((args) => sentence(languages[language], code, args)).find((text) => check(text, code));
    return bad === undefined ? [] : [`${code}: ${bad}`];
  });
}

/** Words of English that are none in Norwegian. */
const englishWords = /(?<![\w‹-])(the|and|with|which|there|this|that|these|cannot|must|rows?|columns?|values?|months?|levels?|leave out|choose|give one)(?![\w›-])/i;
const bokmålWords = /(?<![\p{L}-])(ikke|fra|hver|hvilken|noe|noen|flere|bare|måned(er|en)?|kolonner|verdier|leses|velg|enkelte|kjør|gjør|hva|hvor)(?![\p{L}-])/iu;
const nynorskWords = /(?<![\p{L}-])(ikkje|frå|kvar|noko|nokon|fleire|berre|ein|eit|ei|månad(er|en)?|kolonnar|verdiar|lesast|vel|køyr|vart|blir lesen|kva)(?![\p{L}-])/iu;
/** Singular and plural of what is counted. */
const nouns: Readonly<Record<keyof typeof languages, readonly (readonly [one: string, many: string])[]>> = {
  en: [
    ['row', 'rows'], ['value', 'values'], ['column', 'columns'], ['month', 'months'], ['level', 'levels'], ['file', 'files'], ['person', 'persons'],
    ['cell', 'cells'], ['group', 'groups'], ['label', 'labels'], ['unit', 'units'], ['break', 'breaks'], ['point', 'points'], ['fault', 'faults'],
    ['field', 'fields'], ['byte', 'bytes'], ['replicate', 'replicates'], ['step', 'steps'], ['worker', 'workers'], ['covariate', 'covariates'],
    ['outcome', 'outcomes'], ['estimate', 'estimates'], ['question', 'questions'], ['case', 'cases'],
  ],
  nb: [
    ['rad', 'rader'], ['verdi', 'verdier'], ['kolonne', 'kolonner'], ['måned', 'måneder'], ['fil', 'filer'], ['person', 'personer'], ['celle', 'celler'],
    ['gruppe', 'grupper'], ['enhet', 'enheter'], ['grense', 'grenser'], ['etikett', 'etiketter'], ['arbeider', 'arbeidere'], ['trekning', 'trekninger'],
  ],
  nn: [
    ['rad', 'rader'], ['verdi', 'verdiar'], ['kolonne', 'kolonnar'], ['månad', 'månader'], ['fil', 'filer'], ['person', 'personar'], ['celle', 'celler'],
    ['gruppe', 'grupper'], ['eining', 'einingar'], ['grense', 'grenser'], ['etikett', 'etikettar'], ['arbeidar', 'arbeidarar'], ['trekking', 'trekkingar'],
  ],
};

describe('the catalogue', () => {
  it('is read by the test: every code with the types of its arguments', () => {
    expect([...sampled.keys()].sort()).toEqual([...codes].sort());
  });

  it('has every code in bokmål and nynorsk too, and no others', () => {
    for (const language of ['nb', 'nn'] as const) expect(Object.keys(languages[language]).sort()).toEqual([...codes].sort());
  });

  it.each(Object.keys(languages) as (keyof typeof languages)[])('says everything in %s', (language) => {
    expect(objections(language, (text) => /undefined|\[object|NaN|^\s*$|\s$| {2}/.test(text.replace(/^ {2}/gm, '')) || (language === 'en' && /\bnull\b/.test(text)))).toEqual([]);
  });

  it.each(Object.keys(languages) as (keyof typeof languages)[])('uses every argument in %s', (language) => {
    const ignored = codes.flatMap((code) => {
      const samples = sampled.get(code)!;
      const others = argsOf(code);
      return [...samples].flatMap(([name, values]) => {
        const told = others.some((args) => new Set(values.map((value) => sentence(languages[language], code, { ...args, [name]: value }))).size > 1);
        return told || values.length < 2 ? [] : [`${code} does not say ${name}`];
      });
    });
    expect(ignored).toEqual([]);
  });

  it('has no English sentence in a Norwegian language', () => {
    for (const language of ['nb', 'nn'] as const) {
      expect(objections(language, (text, code) => englishWords.test(text.replace(/«[^»]*»|"[^"]*"|--\S+( (person|row))?/g, '')) || isEnglish(language, code))).toEqual([]);
    }
  });

  it('has no nynorsk in bokmål and no bokmål in nynorsk', () => {
    expect(objections('nb', (text) => nynorskWords.test(text))).toEqual([]);
    expect(objections('nn', (text) => bokmålWords.test(text))).toEqual([]);
  });

  it.each(Object.keys(languages) as (keyof typeof languages)[])('counts one and two in %s as one says them', (language) => {
    const wrong = new RegExp(nouns[language].map(([one, many]) => `(?<![\\p{L}\\d.-])(?:1 ${many}|2 ${one})(?![\\p{L}-])`).join('|'), 'u');
    expect(objections(language, (text) => wrong.test(text))).toEqual([]);
  });
});

/** Whether a sentence is the English one; a sentence that only passes another's words on may be. */
function isEnglish(language: 'nb' | 'nn', code: MessageCode): boolean {
  return argsOf(code).some((args) => {
    const english = sentence(en, code, args);
    return /\p{L}{3}/u.test(english.replace(/‹[^›]*›/g, '')) && sentence(languages[language], code, args) === english;
  });
}

describe('codes', () => {
  const sources = sourceFiles(['src', 'web'], /\.ts$/).filter(({ path }) => !path.startsWith('src/messages/'));

  it('are all used', () => {
    const named = new Set(sources.flatMap(({ code }) => [...code.matchAll(/'([a-z-]+\.[\w-]+)'/g)].map((match) => match[1]!)));
    expect(codes.filter((code) => !named.has(code))).toEqual([]);
  });

  it('stand where an error is made, never a sentence', () => {
    const made = sources.flatMap(({ path, code }) => [...code.matchAll(/new EngineError\(\s*([^\s,)]+)/g)].map((match) => `${path}: ${match[1]!}`));
    expect(made.length).toBeGreaterThan(100);
    expect(made.filter((text) => /: [`"]|: '[a-z-]+'$/.test(text))).toEqual([]);
  });
});
